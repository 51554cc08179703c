package ai.dimoo;

import static ai.dimoo.checkpoint.ConfigFields.require;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;

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
/// @param speeds what the other speeds stand for (`speed`, `text_speed`)
/// @param maxPromptTokens (`max_prompt_tokens`: 1024, where the reference's training cuts off)
public record ModelDefaults(
    int width,
    int height,
    ImageSamplerSettings textToImage,
    ImageSamplerSettings imageToImage,
    TextSamplerSettings text,
    SpeedPresets speeds,
    int cropSide,
    int understandingSide,
    int maxPromptTokens) {

  /// The most image tokens along the side of a square: twice the published model's own 64.
  /// Attention grows with the fourth power of it.
  static final int MAX_SIDE = 128;

  // reference: train.py (instructions of up to 1024 tokens), inference/*.py, utils/image_utils.py
  private static final int MAX_PROMPT_TOKENS = 1024;
  private static final int SIDE = 1024;
  private static final int CROP_SIDE = 512;
  private static final int STEPS = 128;
  private static final int GEN_LENGTH = 1024;
  private static final int BLOCK_LENGTH = 256;

  /// Reads those of a checkpoint.
  ///
  /// @param factor pixels per token along a side
  /// @throws UserException if a field of its generation_config.json is not usable
  public static ModelDefaults of(Checkpoint checkpoint, int factor) {
    boolean shortcut = checkpoint.hasShortcut();
    return checkpoint.generationConfig().read(fields -> of(fields, factor, shortcut));
  }

  /// The settings of a picture from words alone, or of one that is painted.
  ///
  /// @throws UserException if the settings do not fit together
  public ImageSamplerSettings textToImage(Sampling asked) {
    return speeds.under(asked, SamplingKind.PICTURE).resolve(textToImage);
  }

  /// The settings of a picture that is made of pictures.
  ///
  /// @throws UserException if the settings do not fit together
  public ImageSamplerSettings imageToImage(Sampling asked) {
    return speeds.under(asked, SamplingKind.EDIT).resolve(imageToImage);
  }

  /// The settings of an answer.
  ///
  /// @throws UserException if the lengths do not fit together
  public TextSamplerSettings text(Sampling asked) {
    return speeds.under(asked, SamplingKind.ANSWER).resolve(text);
  }

  private static ModelDefaults of(ConfigFields fields, int factor, boolean shortcut) {
    int timesteps = fields.whole("timesteps", ImageSamplerSettings.TEXT_TO_IMAGE.timesteps());
    double temperature =
        fields.number("temperature", ImageSamplerSettings.TEXT_TO_IMAGE.temperature());
    Noise noise = fields.choice("noise", Noise.REFERENCE);
    Remasking remasking = fields.choice("remasking", Remasking.LOW_CONFIDENCE);
    int cropSide = cropSide(fields, "crop_side", CROP_SIDE, factor);
    return new ModelDefaults(
        side(fields, "width", factor),
        side(fields, "height", factor),
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
        text(fields),
        SpeedPresets.of(fields, timesteps, shortcut),
        cropSide,
        cropSide(fields, "understanding_side", fields.has("crop_side") ? cropSide : SIDE, factor),
        fields.whole("max_prompt_tokens", MAX_PROMPT_TOKENS));
  }

  private static TextSamplerSettings text(ConfigFields fields) {
    int genLength = fields.whole("gen_length", GEN_LENGTH);
    int blockLength = fields.whole("block_length", BLOCK_LENGTH);
    int steps = fields.whole("steps", STEPS);
    require(
        genLength % blockLength == 0,
        "block_length",
        blockLength,
        "a divisor of gen_length " + genLength);
    int blocks = genLength / blockLength;
    require(steps % blocks == 0, "steps", steps, "a multiple of the %d blocks".formatted(blocks));
    return new TextSamplerSettings(
        steps,
        genLength,
        blockLength,
        fields.number("text_temperature", 0),
        0,
        Remasking.LOW_CONFIDENCE,
        0,
        true,
        null);
  }

  private static int side(ConfigFields fields, String field, int factor) {
    int side = fields.whole(field, SIDE);
    require(
        side % factor == 0, field, side, "a multiple of the %d pixels per token".formatted(factor));
    return side;
  }

  private static int cropSide(ConfigFields fields, String field, int absent, int factor) {
    if (!fields.has(field)) {
      return absent;
    }
    int side = fields.whole(field);
    int least = 2 * factor; // what crops are multiples of, see InputPictures
    int most = MAX_SIDE * factor; // larger crops are refused whatever their picture
    require(side >= least && side <= most, field, side, "%d to %d pixels".formatted(least, most));
    return side;
  }
}
