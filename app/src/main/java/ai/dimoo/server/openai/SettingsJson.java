package ai.dimoo.server.openai;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.TextSamplerSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Settings of the samplers under the names under which requests give them, without the seed.
final class SettingsJson {

  private SettingsJson() {}

  /// Adds how pictures are sampled, without guidance by pictures.
  static void add(ObjectNode to, ImageSamplerSettings settings) {
    to.put("timesteps", settings.timesteps())
        .put("cfg_scale", settings.cfgScale())
        .put("temperature", settings.temperature())
        .put("noise", settings.noise().toString())
        .put("remasking", settings.remasking().toString());
  }

  /// Adds how answers are sampled.
  static void add(ObjectNode to, TextSamplerSettings settings) {
    to.put("steps", settings.steps())
        .put("gen_length", settings.genLength())
        .put("block_length", settings.blockLength())
        .put("temperature", settings.temperature())
        .put("cfg_scale", settings.cfgScale())
        .put("remasking", settings.remasking().toString());
  }

  /// Adds the settings of the max-logit cache, if it was used.
  static void addCache(ObjectNode to, @Nullable CacheSettings cache) {
    if (cache != null) {
      to.putObject("cache")
          .put("cache_ratio", cache.cacheRatio())
          .put("warmup_ratio", cache.warmupRatio())
          .put("refresh_interval", cache.refreshInterval());
    }
  }
}
