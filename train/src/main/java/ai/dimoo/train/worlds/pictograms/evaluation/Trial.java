package ai.dimoo.train.worlds.pictograms.evaluation;

import java.util.function.Function;

/// Something that the model is asked once, always with the same seed.
public interface Trial {

  /// The first row that it counts for: where trials are left out to save time, each row loses as
  /// many.
  String row();

  /// Asks.
  Outcome run(Pupil pupil);

  /// A trial that does this.
  static Trial of(String row, Function<Pupil, Outcome> run) {
    return new Trial() {
      @Override
      public String row() {
        return row;
      }

      @Override
      public Outcome run(Pupil pupil) {
        return run.apply(pupil);
      }
    };
  }
}
