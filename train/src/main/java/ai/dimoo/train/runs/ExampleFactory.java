package ai.dimoo.train.runs;

import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.PictureEncoder;
import ai.dimoo.train.tasks.PromptTokens;

/// Makes a stage's source of examples of the run's tokenizer and codes.
@FunctionalInterface
public interface ExampleFactory {

  /// @param tokens words to tokens
  /// @param encoder pictures to codes
  ExampleSource open(PromptTokens tokens, PictureEncoder encoder);
}
