package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// How a model samples where a request does not say: its own `generation_config.json`, or, for each
/// field that is not in it, the published model's defaults. Immutable.
///
/// @param width pixels (`width`, 1024)
/// @param height pixels (`height`, 1024)
/// @param textToImage `timesteps` 64, `cfg_scale` 4.0, `temperature` 1.0, `noise` reference,
///   `remasking` low_confidence
/// @param imageToImage the same but `edit_cfg_scale` 2.5, and `cfg_img` 4.0
/// @param text `steps` 128, `gen_length` 1024, `block_length` 256, `text_temperature` 0
/// @param cropSide pictures to edit are cropped to about the area of a square of this side, and so
///   are the pictures of a question that is about several (`crop_side`, 512)
/// @param understandingSide the same for the picture of a question, if it is larger
///   (`understanding_side`: 1024, or `crop_side` where that is given)
/// @param maxPromptTokens (`max_prompt_tokens`: 1024, where the reference's training cuts off)
public record ModelDefaults(
    int width,
    int height,
    ImageSamplerSettings textToImage,
    ImageSamplerSettings imageToImage,
    TextSamplerSettings text,
    int cropSide,
    int understandingSide,
    int maxPromptTokens) {

  // reference: train.py (instructions of up to 1024 tokens), inference/*.py, utils/image_utils.py
  private static final int MAX_PROMPT_TOKENS = 1024;
  private static final int SIDE = 1024;
  private static final int CROP_SIDE = 512;
  private static final int STEPS = 128;
  private static final int GEN_LENGTH = 1024;
  private static final int BLOCK_LENGTH = 256;

  /// Reads those of a checkpoint.
  ///
  /// @throws UserException if a field of its generation_config.json is not usable
  static ModelDefaults of(Checkpoint checkpoint) {
    Fields fields = new Fields(checkpoint.generationConfig());
    try {
      return of(fields);
    } catch (UserException e) {
      throw new UserException(
          "%s: %s"
              .formatted(
                  checkpoint.directory().resolve(Checkpoint.GENERATION_CONFIG), e.getMessage()),
          e);
    }
  }

  private static ModelDefaults of(Fields fields) {
    int timesteps = fields.integer("timesteps", ImageSamplerSettings.TEXT_TO_IMAGE.timesteps());
    double temperature =
        fields.number("temperature", ImageSamplerSettings.TEXT_TO_IMAGE.temperature());
    Noise noise = fields.named("noise", Noise::named, Noise.REFERENCE);
    Remasking remasking = fields.named("remasking", Remasking::named, Remasking.LOW_CONFIDENCE);
    int cropSide = fields.integer("crop_side", CROP_SIDE);
    return new ModelDefaults(
        fields.integer("width", SIDE),
        fields.integer("height", SIDE),
        new ImageSamplerSettings(
            timesteps,
            temperature,
            fields.number("cfg_scale", ImageSamplerSettings.TEXT_TO_IMAGE.cfgScale()),
            0,
            noise,
            remasking,
            0,
            null),
        new ImageSamplerSettings(
            timesteps,
            temperature,
            fields.number("edit_cfg_scale", ImageSamplerSettings.IMAGE_TO_IMAGE.cfgScale()),
            fields.number("cfg_img", ImageSamplerSettings.IMAGE_TO_IMAGE.cfgImage()),
            noise,
            remasking,
            0,
            null),
        new TextSamplerSettings(
            fields.integer("steps", STEPS),
            fields.integer("gen_length", GEN_LENGTH),
            fields.integer("block_length", BLOCK_LENGTH),
            fields.number("text_temperature", 0),
            0,
            Remasking.LOW_CONFIDENCE,
            0,
            true,
            null),
        cropSide,
        fields.integer("understanding_side", fields.has("crop_side") ? cropSide : SIDE),
        fields.integer("max_prompt_tokens", MAX_PROMPT_TOKENS));
  }

  private record Fields(JsonNode json) {

    boolean has(String name) {
      return json.has(name);
    }

    int integer(String name, int absent) {
      JsonNode value = json.path(name);
      if (value.isMissingNode()) {
        return absent;
      }
      if (!value.isInt() || value.intValue() < 1) {
        throw new UserException(
            "field %s is %s, expected a whole number of at least 1.".formatted(name, value));
      }
      return value.intValue();
    }

    double number(String name, double absent) {
      JsonNode value = json.path(name);
      if (value.isMissingNode()) {
        return absent;
      }
      if (!value.isNumber()) {
        throw new UserException("field %s is %s, expected a number.".formatted(name, value));
      }
      return value.doubleValue();
    }

    <T> T named(String name, Function<String, T> reader, T absent) {
      JsonNode value = json.path(name);
      return value.isMissingNode() ? absent : reader.apply(value.asString());
    }
  }
}
