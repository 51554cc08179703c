package ai.dimoo;

import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.Speed;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the speeds of a model stand for: settings that hold where a request says nothing of them.
///
/// A model says it in its `generation_config.json`: `speed` for pictures and `text_speed` for
/// answers have an object for `balanced` and for `fast`, with fields of the {@link SamplingTable}.
/// What is not there is that of the published model, as far as its folder allows: with a shortcut
/// network 14 or 9 of 64 steps taken by the whole model, else, and in edits, half or a quarter of
/// the steps, since such networks learn from pictures that are made of words; answers keep what is
/// likely from 0.9 on and compute block by block, `fast` ones take the rest of a block as soon as
/// it is clear. (ImageReward .895 and .829, .892 and .754, against .913; figure 1 of arXiv
/// 2602.23996.) A model with steps of its own that says nothing of speeds is another than the one
/// that this was measured with: its speeds are taken where a request has them, but not offered.
/// Immutable.
///
/// @param ofPictures what the speeds but `exact` stand for
/// @param ofEdits the same for pictures that are made of pictures
/// @param ofAnswers the same for answers
public record SpeedPresets(
    Map<Speed, Preset> ofPictures, Map<Speed, Preset> ofEdits, Map<Speed, Preset> ofAnswers) {

  /// What a speed stands for.
  ///
  /// @param known whether somebody measured it: the model's makers, or those of the published model
  public record Preset(Sampling settings, boolean known) {}

  private static final String PICTURES = "speed";
  private static final String ANSWERS = "text_speed";

  /// From what probability on Fast-dLLM keeps a token (arXiv 2505.22618).
  private static final double LIKELY = 0.9;

  private static final List<SamplingField<Integer>> LENGTHS =
      List.of(SamplingTable.STEPS, SamplingTable.GEN_LENGTH, SamplingTable.BLOCK_LENGTH);

  /// Copies the maps.
  public SpeedPresets {
    ofPictures = Map.copyOf(ofPictures);
    ofEdits = Map.copyOf(ofEdits);
    ofAnswers = Map.copyOf(ofAnswers);
  }

  /// Those of a `generation_config.json`.
  ///
  /// @param timesteps of a picture, where a request does not say
  /// @param shortcut whether there is a shortcut network
  /// @throws ai.dimoo.error.UserException if a field is not usable
  static SpeedPresets of(ConfigFields fields, int timesteps, boolean shortcut) {
    Sampling half = steps(timesteps, 1 / 2.0);
    Sampling quarter = steps(timesteps, 1 / 4.0);
    Sampling balanced = shortcut ? whole(timesteps, 14 / 64.0) : half;
    Sampling fast = shortcut ? whole(timesteps, 9 / 64.0) : quarter;
    Sampling likely = Sampling.DEFAULT.withConfidence(LIKELY).with(SamplingTable.BLOCK_CACHE, true);
    Sampling clear = likely.with(SamplingTable.EARLY_COMMIT, true);
    return new SpeedPresets(
        read(fields, PICTURES, SamplingKind.EDIT, balanced, fast),
        read(fields, PICTURES, SamplingKind.EDIT, half, quarter),
        read(fields, ANSWERS, SamplingKind.ANSWER, likely, clear));
  }

  /// Which speeds there are to choose from, besides `exact`: those whose settings are known.
  ///
  /// @param kind what is sampled
  public Map<Speed, Sampling> offered(SamplingKind kind) {
    Map<Speed, Sampling> offered = new EnumMap<>(Speed.class);
    of(kind)
        .forEach((speed, preset) -> {
          if (preset.known()) {
            offered.put(speed, preset.settings());
          }
        });
    return offered;
  }

  private Map<Speed, Preset> of(SamplingKind kind) {
    return switch (kind) {
      case PICTURE -> ofPictures;
      case EDIT -> ofEdits;
      case ANSWER -> ofAnswers;
    };
  }

  private static Map<Speed, Preset> read(
      ConfigFields fields, String of, SamplingKind kind, Sampling balanced, Sampling fast) {
    SamplingField<Integer> steps =
        kind == SamplingKind.ANSWER ? SamplingTable.STEPS : SamplingTable.TIMESTEPS;
    boolean published = !fields.has(steps.name());
    return Map.of(
        Speed.BALANCED, read(fields, of, Speed.BALANCED, kind, new Preset(balanced, published)),
        Speed.FAST, read(fields, of, Speed.FAST, kind, new Preset(fast, published)));
  }

  private static Sampling whole(int timesteps, double share) {
    return Sampling.DEFAULT.with(SamplingTable.FULL_STEPS, rounded(timesteps, share));
  }

  private static Sampling steps(int timesteps, double share) {
    return Sampling.DEFAULT.withTimesteps(rounded(timesteps, share));
  }

  private static int rounded(int timesteps, double share) {
    return (int) Math.max(1, Math.round(timesteps * share));
  }

  private static Preset read(
      ConfigFields fields, String of, Speed speed, SamplingKind kind, Preset absent) {
    ConfigFields own = fields.within(of).within(speed.toString());
    if (own.names().isEmpty()) {
      return absent;
    }
    Sampling preset = Sampling.DEFAULT;
    for (String name : own.names()) {
      String place = String.join(".", of, speed.toString(), name);
      String text = own.plain(name);
      SamplingField<?> field = field(name, kind);
      ConfigFields.require(field != null, place, text, "nothing: the sampler has no such setting");
      preset = with(preset, field, text, place);
    }
    return new Preset(preset, true);
  }

  private static @Nullable SamplingField<?> field(String name, SamplingKind kind) {
    return SamplingTable.of(kind).stream()
        .filter(field -> field.name().equals(name))
        .filter(field -> field.isInSettings() || field == SamplingTable.CACHE)
        .findFirst()
        .orElse(null);
  }

  private static <T> Sampling with(
      Sampling preset, SamplingField<T> field, String text, String place) {
    T value = null;
    try {
      value = field.values().parse(text);
    } catch (IllegalArgumentException e) {
      // the refusal below says it
    }
    boolean taken = value != null && field.values().allows(value);
    ConfigFields.require(taken, place, text, field.values().expected());
    return preset.with(field, value);
  }

  /// What a request says, and for the rest what its speed stands for. Of settings that exclude each
  /// other only what the request asks for itself.
  ///
  /// @param kind what is sampled
  Sampling under(Sampling asked, SamplingKind kind) {
    Speed speed = asked.get(SamplingTable.SPEED);
    Preset chosen = speed == null ? null : of(kind).get(speed);
    if (chosen == null) {
      return asked;
    }
    Sampling preset = chosen.settings().only(kind);
    if (LENGTHS.stream().anyMatch(field -> asked.get(field) != null)) {
      for (SamplingField<Integer> length : LENGTHS) { // those of one answer fit together
        preset = preset.with(length, null);
      }
    }
    Integer fullSteps = asked.get(SamplingTable.FULL_STEPS);
    if (asked.usesCache()) {
      preset = preset.with(SamplingTable.FULL_STEPS, null).with(SamplingTable.BLOCK_CACHE, null);
    } else if (fullSteps != null && fullSteps > 0
        || Boolean.TRUE.equals(asked.get(SamplingTable.BLOCK_CACHE))) {
      preset = preset.withCache(null);
    }
    if (asked.get(SamplingTable.REMASKING) == Remasking.RANDOM) {
      preset = preset.with(SamplingTable.CONFIDENCE, null);
    }
    return asked.or(preset);
  }
}
