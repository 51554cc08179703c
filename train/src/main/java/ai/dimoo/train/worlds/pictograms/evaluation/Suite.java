package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked to see how well it does one sort of thing.
public interface Suite {

  /// One word, as the command line has it.
  String name();

  /// What counts as right, in a line.
  String right();

  /// What its baseline is, in a line.
  String baseline();

  /// What a model must have been trained for.
  default List<Task> tasks() {
    return List.of(Task.TEXT_TO_IMAGE);
  }

  /// The trials, always the same and in the same order for a setting.
  List<Trial> trials(Setting setting);

  /// What is to be said beside the table; empty if nothing.
  ///
  /// @param trials that were run
  /// @param outcomes of each of them
  default List<String> notes(List<Trial> trials, List<Outcome> outcomes) {
    return List.of();
  }

  /// A picture that says more than a sheet of trials; null: that sheet is shown.
  default @Nullable Picture chart(List<Trial> trials, List<Outcome> outcomes) {
    return null;
  }

  /// Whether its trials measure what they take, so that nothing may run beside them.
  default boolean timed() {
    return false;
  }

  /// How many trials of each row the sheet shows.
  default int shown() {
    return 2;
  }
}
