package ai.dimoo.server.openai;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.Seeds;
import ai.dimoo.server.exchange.Limits;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the pictures of a request are sampled.
///
/// @param sampling all but the seed
/// @param seed of the first picture
record SamplingFields(Sampling sampling, long seed) {

  private static final double MOST_SCALE = 100;
  private static final List<String> NOISES =
      Stream.of(Noise.values()).map(Noise::toString).toList();
  private static final List<String> REMASKINGS =
      Stream.of(Remasking.values()).map(Remasking::toString).toList();

  /// @param defaults the model's, which `quality` takes by half or twice
  static SamplingFields of(Fields fields, ImageSamplerSettings defaults, Limits limits) {
    Integer timesteps = fields.integer(1, limits.timesteps(), "num_inference_steps", "timesteps");
    if (timesteps == null) {
      timesteps =
          switch (fields.word(
              "quality", List.of("auto", "low", "medium", "high", "standard", "hd"))) {
            case "low" -> Math.max(1, defaults.timesteps() / 2);
            case "high", "hd" -> 2 * defaults.timesteps();
            default -> defaults.timesteps();
          };
      timesteps = Math.min(limits.timesteps(), timesteps);
    }
    return new SamplingFields(
        new Sampling(
            timesteps,
            fields.number(MOST_SCALE, "guidance_scale", "cfg_scale"),
            fields.number(MOST_SCALE, "image_guidance_scale", "cfg_img"),
            fields.number(MOST_SCALE, "temperature"),
            noise(fields),
            remasking(fields),
            null,
            cache(fields)),
        seed(fields));
  }

  /// The seed, a new one if there is none.
  static long seed(Fields fields) {
    return Seeds.orRandom(fields.integer(Long.MIN_VALUE, Long.MAX_VALUE, "seed"));
  }

  private static @Nullable Noise noise(Fields fields) {
    return fields.node("noise") == null ? null : Noise.named(fields.word("noise", NOISES));
  }

  /// Which predictions are masked again; null if it is not said.
  static @Nullable Remasking remasking(Fields fields) {
    return fields.node("remasking") == null
        ? null
        : Remasking.named(fields.word("remasking", REMASKINGS));
  }

  /// The max-logit cache, if `cache` or `speed` ask for it; else null.
  static @Nullable CacheSettings cache(Fields fields) {
    JsonNode cache = fields.node("cache");
    boolean fast = fields.word("speed", List.of("normal", "fast")).equals("fast");
    if (cache instanceof ObjectNode object) {
      Fields own = Fields.of(object);
      Double ratio = own.number(1, "cache_ratio");
      Double warmup = own.number(1, "warmup_ratio");
      Integer refresh = own.integer(1, 1000, "refresh_interval");
      CacheSettings usual = CacheSettings.DEFAULT;
      return new CacheSettings(
          ratio == null ? usual.cacheRatio() : ratio,
          warmup == null ? usual.warmupRatio() : warmup,
          refresh == null ? usual.refreshInterval() : refresh);
    }
    if (cache == null) {
      return fast ? CacheSettings.DEFAULT : null;
    }
    return Boolean.TRUE.equals(fields.flag("cache")) ? CacheSettings.DEFAULT : null;
  }

  /// The same for picture number `i`, counted from 0: its seed is so much larger.
  Sampling forPicture(int i) {
    return sampling.withSeed(seed + i);
  }
}
