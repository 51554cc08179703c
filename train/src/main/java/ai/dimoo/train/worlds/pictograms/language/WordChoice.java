package ai.dimoo.train.worlds.pictograms.language;

import java.util.List;
import java.util.random.RandomGenerator;

/// Chooses among words that mean the same.
public interface WordChoice {

  /// The usual words: always the first, never anything rare.
  WordChoice USUAL =
      new WordChoice() {
        @Override
        public <T> T pick(List<T> choices) {
          return choices.getFirst();
        }

        @Override
        public boolean chance(double share) {
          return false;
        }
      };

  /// One of these.
  <T> T pick(List<T> choices);

  /// Whether to say something that is said in this share of the cases, from 0 to 1.
  boolean chance(double share);

  /// One of these.
  default String pick(String... choices) {
    return pick(List.of(choices));
  }

  /// Words drawn at random; the same state gives the same words.
  static WordChoice random(RandomGenerator random) {
    return new WordChoice() {
      @Override
      public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
      }

      @Override
      public boolean chance(double share) {
        return random.nextDouble() < share;
      }
    };
  }
}
