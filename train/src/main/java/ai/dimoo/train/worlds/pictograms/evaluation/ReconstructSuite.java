package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.judge.Seen;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The VQ model alone: scenes, encoded and decoded.
final class ReconstructSuite implements Suite {

  private static final String OBJECTS = "objects, ";

  /// Scenes of each kind.
  private static final int EACH = 50;

  /// A trial that remembers which codes it saw.
  private record Encoded(Setting setting, String row, Scene scene, Set<Integer> codes)
      implements Trial {

    @Override
    public Outcome run(Pupil pupil) {
      Composition truth = setting.compositor().compose(scene);
      int[] tokens = pupil.codes(truth.picture());
      for (int token : tokens) {
        codes.add(token);
      }
      Picture decoded = pupil.decoded(tokens);
      Seen seen = setting.judge().look(decoded);
      Seen fresh = setting.judge().look(truth.picture());
      Requirement all = Requirement.exactly(scene);
      List<Score> scores = new ArrayList<>();
      scores.add(Score.of("scenes, " + row, seen.meets(all), fresh.meets(all)));
      for (Item item : scene.items()) {
        scores.add(Score.of(OBJECTS + row, seen.shows(item), fresh.shows(item)));
      }
      scores.add(
          Score.in(
              Unit.DECIBEL,
              "PSNR of objects' boxes",
              PictureQuality.psnr(truth.picture(), decoded, truth.boxes())));
      scores.add(Score.in(Unit.NUMBER, "SSIM", PictureQuality.ssim(truth.picture(), decoded)));
      return new Outcome(scores, List.of(truth.picture(), decoded));
    }
  }

  @Override
  public String name() {
    return "reconstruct";
  }

  @Override
  public String right() {
    return "everything is recognised in the picture that the VQ model gives back";
  }

  @Override
  public String baseline() {
    return "the judge on the original pictures: what it could reach";
  }

  @Override
  public List<Task> tasks() {
    return List.of();
  }

  @Override
  public List<Trial> trials(Setting setting) {
    Set<Integer> codes = new HashSet<>();
    List<Trial> trials = new ArrayList<>();
    for (SceneKind kind : SceneKind.values()) {
      String row = kind.name().toLowerCase(Locale.ROOT);
      SceneGenerator scenes = new SceneGenerator(setting.scenes().only(kind), 0);
      for (int i = 0; i < EACH; i++) {
        Scene scene = scenes.draw(setting.random(name() + row, i));
        trials.add(new Encoded(setting, row, scene, codes));
      }
    }
    return trials;
  }

  @Override
  public List<String> notes(List<Trial> trials, List<Outcome> outcomes) {
    Set<Integer> codes = ((Encoded) trials.getFirst()).codes();
    List<Score> objects =
        outcomes.stream()
            .flatMap(outcome -> outcome.scores().stream())
            .filter(score -> score.row().startsWith(OBJECTS))
            .toList();
    double recognised = objects.stream().mapToDouble(Score::value).average().orElse(Double.NaN);
    return List.of(
        String.format(Locale.ROOT, "%.3f of all %d objects recognised", recognised, objects.size()),
        codes.size() + " different codes in " + trials.size() + " pictures");
  }

  @Override
  public int shown() {
    return 6;
  }
}
