package ai.dimoo.train.runs;

import ai.dimoo.train.source.IndexedRandom;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;

/// What a model is asked to draw while something learns from it.
///
/// @param description what decides the prompts, in words
/// @param prompts the one of a picture's number
public record PromptSource(String description, LongFunction<String> prompts) {

  /// One of a list for each picture, drawn at random.
  ///
  /// @param all at least one
  public static PromptSource of(List<String> all, long seed) {
    List<String> copied = List.copyOf(all);
    byte[] bytes = String.join("\n", copied).getBytes(StandardCharsets.UTF_8);
    return new PromptSource(
        "%d prompts %s, seed %d".formatted(copied.size(), RunFolder.fingerprint(bytes), seed),
        number -> copied.get(IndexedRandom.at(seed, number).nextInt(copied.size())));
  }

  /// That of a picture.
  String of(long number) {
    return prompts.apply(number);
  }
}
