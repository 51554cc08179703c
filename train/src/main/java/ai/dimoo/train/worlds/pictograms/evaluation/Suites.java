package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.error.UserException;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.train.worlds.pictograms.tasks.PaintTask;
import java.util.List;

/// All suites.
public final class Suites {

  private static final List<Suite> ALL =
      List.of(
          new NamesSuite(),
          new GenevalSuite(),
          TaskSuite.edit(),
          TaskSuite.subject(),
          TaskSuite.style(),
          new ControlSuite(),
          new DenseSuite(),
          new PaintSuite(PaintTask.Kind.INPAINT),
          new PaintSuite(PaintTask.Kind.OUTPAINT),
          new PaintSuite(PaintTask.Kind.RETOUCH),
          TaskSuite.views(),
          new UnderstandSuite(),
          new TypedSuite(),
          new ChainSuite(),
          new VarietySuite(),
          new ReconstructSuite(),
          SweepSuite.drawn(),
          SweepSuite.edited());

  private Suites() {}

  /// In the order in which tables have them.
  public static List<Suite> all() {
    return ALL;
  }

  /// Those for which a model was trained, but the sweep, which scores settings and takes as long as
  /// all others.
  public static List<Suite> suiting(Knowledge model) {
    return ALL.stream()
        .filter(suite -> !(suite instanceof SweepSuite))
        .filter(suite -> suite.tasks().stream().allMatch(task -> model.includesTask(task.name())))
        .toList();
  }

  /// Their names.
  public static List<String> names() {
    return ALL.stream().map(Suite::name).toList();
  }

  /// @throws UserException if there is no such suite
  public static Suite named(String name) {
    return ALL.stream()
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "There is no suite \"%s\"; choose of %s."
                    .formatted(name, String.join(", ", names()))));
  }
}
