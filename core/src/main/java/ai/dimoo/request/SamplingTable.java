package ai.dimoo.request;

import static ai.dimoo.request.SamplingKind.ANSWER;
import static ai.dimoo.request.SamplingKind.EDIT;
import static ai.dimoo.request.SamplingKind.PICTURE;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.SelfCorrection;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.request.SamplingField.Access;
import ai.dimoo.request.SamplingField.Words;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every setting of the samplers. From this table draw the command line, JSON and its description,
/// the texts in PNG files, LangChain4j and Spring AI: a new setting is a new row here, a method in
/// {@link PictureSetters} or {@link AnswerSetters}, and whatever the sampler does with it.
public final class SamplingTable {

  /// One seed gives one picture, or one answer.
  public static final SamplingField<Long> SEED =
      new SamplingField<>(
          "seed",
          new FieldValues.Seed(),
          forPictures(
              "Seed of the random numbers, from 0: the same seed gives the same picture",
              "-1, a new one each time",
              ANSWER,
              "Seed of the random numbers, from 0: the same seed gives the same answer",
              "-1, a new one each time"),
          new Access<>(ImageSamplerSettings::seed, ImageSamplerSettings.Builder::seed),
          new Access<>(TextSamplerSettings::seed, TextSamplerSettings.Builder::seed),
          true);

  /// Denoising steps of a picture.
  public static final SamplingField<Integer> TIMESTEPS =
      ofPictures(
          "timesteps",
          new FieldValues.Whole(1),
          forPictures(
              "Denoising steps; more are slower and finer", "the model's; 64 for Lumina-DiMOO"),
          ImageSamplerSettings::timesteps,
          ImageSamplerSettings.Builder::timesteps,
          true);

  /// Denoising steps of an answer.
  public static final SamplingField<Integer> STEPS =
      ofAnswers(
          "steps",
          new FieldValues.Whole(1),
          new Words(
              "Denoising steps for the whole answer, a multiple of the number of blocks",
              "the model's; 128 for Lumina-DiMOO"),
          TextSamplerSettings::steps,
          TextSamplerSettings.Builder::steps);

  /// Room for an answer.
  public static final SamplingField<Integer> GEN_LENGTH =
      ofAnswers(
          "gen_length",
          new FieldValues.Whole(1),
          new Words(
              "Room for the answer in tokens, a multiple of the block length",
              "the model's; 1024 for Lumina-DiMOO"),
          TextSamplerSettings::genLength,
          TextSamplerSettings.Builder::genLength);

  /// Tokens of a block of an answer.
  public static final SamplingField<Integer> BLOCK_LENGTH =
      ofAnswers(
          "block_length",
          new FieldValues.Whole(1),
          new Words(
              "The answer is written in blocks of this many tokens, from left to right",
              "the model's; 256 for Lumina-DiMOO"),
          TextSamplerSettings::blockLength,
          TextSamplerSettings.Builder::blockLength);

  /// How likely a prediction has to be to be kept at once.
  public static final SamplingField<Double> CONFIDENCE =
      ofAnswers(
          "confidence",
          new FieldValues.Number(1),
          new Words(
              "Keep every token that the model finds at least so likely, 0 to 1, and in any case as"
                  + " many as the steps say",
              "0, as many as the steps say"),
          TextSamplerSettings::confidence,
          TextSamplerSettings.Builder::confidence);

  /// Whether a clear answer is taken at once.
  public static final SamplingField<Boolean> EARLY_COMMIT =
      ofAnswers(
          "early_commit",
          new FieldValues.Flag(),
          new Words("Take the rest of a block at once as soon as all of it is clear", "off"),
          TextSamplerSettings::earlyCommit,
          TextSamplerSettings.Builder::earlyCommit);

  /// Whether steps compute their block alone.
  public static final SamplingField<Boolean> BLOCK_CACHE =
      ofAnswers(
          "block_cache",
          new FieldValues.Flag(),
          new Words(
              "After the first step of a block compute that block alone; not together with the"
                  + " max-logit cache",
              "off"),
          TextSamplerSettings::blockCache,
          TextSamplerSettings.Builder::blockCache);

  /// Guidance by text.
  public static final SamplingField<Double> CFG_SCALE =
      new SamplingField<>(
          "cfg_scale",
          new FieldValues.Number(Double.POSITIVE_INFINITY),
          Map.of(
              PICTURE,
              new Words(
                  "How strongly the picture follows the text, 0 or more; 0 turns guidance off,"
                      + " which saves a pass in each step",
                  "the model's; 4.0 for Lumina-DiMOO"),
              EDIT,
              new Words(
                  "How strongly the picture follows the text, 0 or more; 0 turns guidance off,"
                      + " which saves a pass in each step",
                  "the model's; 2.5 for Lumina-DiMOO"),
              ANSWER,
              new Words(
                  "How strongly the answer follows the prompt, 0 or more",
                  "0, which turns guidance off")),
          new Access<>(ImageSamplerSettings::cfgScale, ImageSamplerSettings.Builder::cfgScale),
          new Access<>(TextSamplerSettings::cfgScale, TextSamplerSettings.Builder::cfgScale),
          true);

  /// Guidance by input pictures.
  public static final SamplingField<Double> CFG_IMG =
      ofPictures(
          "cfg_img",
          new FieldValues.Number(Double.POSITIVE_INFINITY),
          Map.of(
              EDIT,
              new Words(
                  "How strongly the result follows the input picture, 0 or more; 0 turns it off",
                  "the model's; 4.0 for Lumina-DiMOO")),
          ImageSamplerSettings::cfgImage,
          ImageSamplerSettings.Builder::cfgImage,
          true);

  /// Where guidance begins.
  public static final SamplingField<Double> CFG_FROM =
      ofPictures(
          "cfg_from",
          new FieldValues.Number(1),
          forPictures(
              "Share of the steps before guidance begins, 0 to 1; steps without guidance take half"
                  + " the time",
              "0"),
          ImageSamplerSettings::cfgFrom,
          ImageSamplerSettings.Builder::cfgFrom,
          false);

  /// Where guidance ends.
  public static final SamplingField<Double> CFG_TO =
      ofPictures(
          "cfg_to",
          new FieldValues.Number(1),
          forPictures(
              "Share of the steps after which guidance ends, 0 to 1, more than where it begins",
              "1"),
          ImageSamplerSettings::cfgTo,
          ImageSamplerSettings.Builder::cfgTo,
          false);

  /// Whether decided tokens may be taken back.
  public static final SamplingField<Boolean> CORRECT =
      ofPictures(
          "correct",
          new FieldValues.Flag(),
          forPictures(
              "Self-correction: in the later steps take back the tokens that the model has come to"
                  + " find unlikely, and decide them again",
              "off"),
          settings -> settings.correction() != SelfCorrection.OFF,
          (settings, wanted) ->
              settings.correction(wanted ? SelfCorrection.SCALED : SelfCorrection.OFF),
          false);

  /// How many steps the transformer takes itself.
  public static final SamplingField<Integer> FULL_STEPS =
      ofPictures(
          "full_steps",
          new FieldValues.Whole(0),
          forPictures(
              "So many of the steps are taken by the whole model, the others by its shortcut"
                  + " network, a small one that lies beside it in shortcut.safetensors",
              "0, all of them"),
          ImageSamplerSettings::fullSteps,
          ImageSamplerSettings.Builder::fullSteps,
          false);

  /// Randomness of the choice.
  public static final SamplingField<Double> TEMPERATURE =
      new SamplingField<>(
          "temperature",
          new FieldValues.Number(Double.POSITIVE_INFINITY),
          forPictures(
              "Randomness of the choice of codes, 0 or more; 0 always takes the likeliest",
              "the model's; 1.0 for Lumina-DiMOO",
              ANSWER,
              "Randomness of the choice of tokens, 0 or more; 0 always takes the likeliest",
              "the model's; 0 for Lumina-DiMOO"),
          new Access<>(
              ImageSamplerSettings::temperature, ImageSamplerSettings.Builder::temperature),
          new Access<>(TextSamplerSettings::temperature, TextSamplerSettings.Builder::temperature),
          true);

  /// How random numbers are drawn.
  public static final SamplingField<Noise> NOISE =
      ofPictures(
          "noise",
          new FieldValues.Choice<>(Noise.class),
          forPictures(
              "Random numbers: `reference` draws them as coarsely as the published code does in"
                  + " bfloat16, `exact` in full precision",
              "the model's; reference for Lumina-DiMOO"),
          ImageSamplerSettings::noise,
          ImageSamplerSettings.Builder::noise,
          true);

  /// Which predictions of a step are masked again.
  public static final SamplingField<Remasking> REMASKING =
      new SamplingField<>(
          "remasking",
          new FieldValues.Choice<>(Remasking.class),
          forPictures(
              "Which predictions of a step are masked again: `low_confidence`, the least certain,"
                  + " or `random`, any",
              "the model's; low_confidence for Lumina-DiMOO",
              ANSWER,
              "Which predictions of a step are masked again: `low_confidence`, the least certain,"
                  + " or `random`, any",
              "low_confidence"),
          new Access<>(ImageSamplerSettings::remasking, ImageSamplerSettings.Builder::remasking),
          new Access<>(TextSamplerSettings::remasking, TextSamplerSettings.Builder::remasking),
          false);

  /// Whether the max-logit cache is used.
  public static final SamplingField<Boolean> CACHE =
      new SamplingField<>(
          "cache",
          new FieldValues.Flag(),
          forAll(
              "Use the max-logit cache: about twice as fast on long sequences, at a small loss",
              "off; any setting of the cache turns it on too"),
          null,
          null,
          false);

  /// Share of the positions that a cached step reuses.
  public static final SamplingField<Double> CACHE_RATIO =
      ofCache(
          "cache_ratio",
          new FieldValues.Number(1),
          "Share of the positions that a cached step reuses, 0 to 1",
          CacheSettings::cacheRatio);

  /// Share of the steps that compute everything.
  public static final SamplingField<Double> WARMUP_RATIO =
      ofCache(
          "warmup_ratio",
          new FieldValues.Number(1),
          "Share of the steps, from the first, that compute everything, 0 to 1",
          CacheSettings::warmupRatio);

  /// How often everything is computed after them.
  public static final SamplingField<Integer> REFRESH_INTERVAL =
      ofCache(
          "refresh_interval",
          new FieldValues.Whole(1),
          "After the warm-up every Nth step computes everything",
          CacheSettings::refreshInterval);

  /// How much quality is given for time.
  public static final SamplingField<Speed> SPEED =
      new SamplingField<>(
          "speed",
          new FieldValues.Choice<>(Speed.class),
          forAll(
              "How much quality is given for time: `balanced` little, `fast` more; which settings"
                  + " that means, the model says, and those that are given hold in any case",
              "exact, nothing"),
          null,
          null,
          false);

  /// How input pictures of other shapes are brought to the model's sizes.
  public static final SamplingField<Fit> FIT =
      new SamplingField<>(
          "fit",
          new FieldValues.Choice<>(Fit.class),
          Map.of(
              EDIT,
              new Words(
                  "What of a picture whose shape the model does not take: `crop` takes the middle"
                      + " of it, `pad` all of it, smaller, and the result has its shape",
                  "crop"),
              ANSWER,
              new Words(
                  "What is seen of a picture whose shape the model does not take: `crop`, the"
                      + " middle of it, or `pad`, all of it, smaller",
                  "crop")),
          null,
          null,
          false);

  /// Whether a task that the model was not trained for is done.
  public static final SamplingField<Boolean> FORCE =
      new SamplingField<>(
          "force",
          new FieldValues.Flag(),
          forAll(
              "Do what the model was not trained for; the result means nothing",
              "off, which refuses it"),
          null,
          null,
          false);

  /// All of them.
  public static final List<SamplingField<?>> ALL =
      List.of(
          SEED,
          TIMESTEPS,
          STEPS,
          GEN_LENGTH,
          BLOCK_LENGTH,
          CONFIDENCE,
          EARLY_COMMIT,
          BLOCK_CACHE,
          CFG_SCALE,
          CFG_IMG,
          CFG_FROM,
          CFG_TO,
          CORRECT,
          FULL_STEPS,
          TEMPERATURE,
          NOISE,
          REMASKING,
          CACHE,
          CACHE_RATIO,
          WARMUP_RATIO,
          REFRESH_INTERVAL,
          SPEED,
          FIT,
          FORCE);

  /// Those that say how the cache works. JSON has them within `cache`.
  public static final List<SamplingField<?>> OF_CACHE =
      List.of(CACHE_RATIO, WARMUP_RATIO, REFRESH_INTERVAL);

  /// Those that mean nothing for an answer of one token from one forward pass.
  static final List<SamplingField<?>> OF_SEVERAL_STEPS =
      List.of(
          STEPS,
          GEN_LENGTH,
          BLOCK_LENGTH,
          CONFIDENCE,
          EARLY_COMMIT,
          BLOCK_CACHE,
          REMASKING,
          CACHE,
          CACHE_RATIO,
          WARMUP_RATIO,
          REFRESH_INTERVAL);

  private SamplingTable() {}

  /// Those that mean something for what is sampled.
  public static List<SamplingField<?>> of(SamplingKind kind) {
    return ALL.stream().filter(field -> field.appliesTo(kind)).toList();
  }

  private static <T> SamplingField<T> ofPictures(
      String name,
      FieldValues<T> values,
      Map<SamplingKind, Words> words,
      Function<ImageSamplerSettings, @Nullable T> get,
      BiConsumer<ImageSamplerSettings.Builder, T> set,
      boolean inEveryRecipe) {
    return new SamplingField<>(name, values, words, new Access<>(get, set), null, inEveryRecipe);
  }

  private static <T> SamplingField<T> ofAnswers(
      String name,
      FieldValues<T> values,
      Words words,
      Function<TextSamplerSettings, @Nullable T> get,
      BiConsumer<TextSamplerSettings.Builder, T> set) {
    return new SamplingField<>(
        name, values, Map.of(ANSWER, words), null, new Access<>(get, set), false);
  }

  /// What {@link Sampling} puts together to the settings of the cache.
  private static <T> SamplingField<T> ofCache(
      String name, FieldValues<T> values, String help, Function<CacheSettings, T> get) {
    return new SamplingField<>(
        name,
        values,
        forAll(help, get.apply(CacheSettings.DEFAULT).toString()),
        new Access<>(settings -> of(settings.cache(), get), (settings, value) -> {}),
        new Access<>(settings -> of(settings.cache(), get), (settings, value) -> {}),
        false);
  }

  private static <T> @Nullable T of(@Nullable CacheSettings cache, Function<CacheSettings, T> get) {
    return cache == null ? null : get.apply(cache);
  }

  private static Map<SamplingKind, Words> forPictures(String help, String usual) {
    return Map.of(PICTURE, new Words(help, usual), EDIT, new Words(help, usual));
  }

  private static Map<SamplingKind, Words> forPictures(
      String help, String usual, SamplingKind other, String otherHelp, String otherUsual) {
    return Map.of(
        PICTURE,
        new Words(help, usual),
        EDIT,
        new Words(help, usual),
        other,
        new Words(otherHelp, otherUsual));
  }

  private static Map<SamplingKind, Words> forAll(String help, String usual) {
    return forPictures(help, usual, ANSWER, help, usual);
  }
}
