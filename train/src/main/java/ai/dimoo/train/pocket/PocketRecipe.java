package ai.dimoo.train.pocket;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Every number that makes the pocket model.
///
/// @param vq the VQ model and its training
/// @param textVocabulary most text tokens of the tokenizer
/// @param batch sequences a step of the transformer
/// @param steps steps of the transformer
/// @param poolSize number of different scenes that each difficulty draws from
/// @param questionShare the share of questions among the examples
/// @param answerWeight what a token of an answer counts in the loss, against a code of a picture
/// @param seed of everything
public record PocketRecipe(
    VqRecipe vq,
    int textVocabulary,
    int batch,
    long steps,
    long poolSize,
    double questionShare,
    double answerWeight,
    long seed) {

  /// The side of the pictures in pixels.
  private static final int SIDE = 64;

  /// Tokens of an answer, `</answer>` included.
  public static final int ANSWER_LENGTH = 5;

  /// The shipped weights' recipe.
  public static final PocketRecipe SHIPPED =
      new PocketRecipe(
          new VqRecipe(
              new VqConfig(List.of(16, 32, 64, 96), 1, 16, 1024, 16, 8),
              32,
              2200,
              1200,
              2e-3,
              7,
              0.02,
              0),
          512,
          64,
          15_200,
          2_000_000,
          0.4,
          4,
          0);

  /// Simple scenes before crowded ones: single objects at first, everything after an eighth.
  ///
  /// @return the difficulty of a step's scenes, 0..1
  double difficulty(long step) {
    double progress = 8.0 * step / steps;
    return progress < 0.25 ? 0.25 : progress < 1 ? 0.6 : 1;
  }

  /// How the model samples unless told otherwise: `generation_config.json`.
  ObjectNode sampling() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("width", SIDE).put("height", SIDE).put("crop_side", SIDE);
    json.put("timesteps", 32).put("cfg_scale", 1.0).put("temperature", 0.8);
    json.put("noise", "exact").put("remasking", "random");
    json.put("steps", ANSWER_LENGTH).put("gen_length", ANSWER_LENGTH);
    json.put("block_length", ANSWER_LENGTH).put("max_prompt_tokens", 128);
    return json;
  }

  /// The transformer and its training.
  ///
  /// @param vocabularySize text tokens, special tokens and image codes
  TransformerRecipe transformer(int vocabularySize) {
    return new TransformerRecipe(
        new TransformerConfig(256, 6, 4, 4, 640, vocabularySize, 10_000, 1e-5, false),
        new LearningRate(2.5e-3, 200, steps, 0.27),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1.0),
        8,
        0.998,
        false,
        seed);
  }
}
