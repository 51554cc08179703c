package ai.dimoo.linear;

import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the matrices of a transformer's blocks are held in fewer bits than they were trained in.
/// Embedding, norms and head stay as they are stored.
public enum WeightFormat {
  /// 8 bits for a number, −127 to 127, and a float32 scale for each output. Activations are rounded
  /// to 8 bits as well, with a scale for each token, and multiplied as whole numbers.
  INT8("int8", TensorDtype.I8, TensorDtype.F32),
  /// 4 bits for a number, −8 to 7, and a bfloat16 scale for each 32 inputs of an output.
  /// Activations stay as they are.
  INT4("int4", TensorDtype.U8, TensorDtype.BF16);

  /// Inputs that share a scale in {@link #INT4}.
  static final int GROUP = 32;

  private static final String FIELD = "quantization_config";
  private static final String METHOD = "dimoo";

  private final String spelling;
  private final TensorDtype numbers;
  private final TensorDtype scales;

  WeightFormat(String spelling, TensorDtype numbers, TensorDtype scales) {
    this.spelling = spelling;
    this.numbers = numbers;
    this.scales = scales;
  }

  /// The format of this name; null if there is none.
  public static @Nullable WeightFormat ofSpelling(String name) {
    for (WeightFormat format : values()) {
      if (format.spelling.equals(name)) {
        return format;
      }
    }
    return null;
  }

  /// The format that a checkpoint's config.json names; null: its weights are plain.
  ///
  /// @throws UserException if it names one that we do not read
  public static @Nullable WeightFormat stored(ConfigFile config) {
    JsonNode found = config.json().path(FIELD);
    if (found.isMissingNode() || found.isNull()) {
      return null;
    }
    WeightFormat format = ofSpelling(found.path("weights").asString(""));
    if (!found.path("quant_method").asString("").equals(METHOD) || format == null) {
      throw new UserException(
          Fault.of(
                  "%s: %s is %s, expected a model that is not quantised, or one that `dimoo quantize` wrote."
                      .formatted(config.path(), FIELD, Shown.text(found.toString())))
              .in("model")
              .mend(Remedy.giveAnother("model")));
    }
    return format;
  }

  /// Writes into a config.json what {@link #stored} reads.
  void writeTo(ObjectNode config) {
    config.putObject(FIELD).put("quant_method", METHOD).put("weights", spelling);
  }

  /// The name on the command line and in a picture's recipe.
  public String spelling() {
    return spelling;
  }

  TensorDtype numbersDtype() {
    return numbers;
  }

  TensorDtype scalesDtype() {
    return scales;
  }

  /// The shape of a matrix's numbers: two of four bits make a byte.
  long[] numbersShape(long out, long in) {
    return new long[] {out, this == INT4 ? in / 2 : in};
  }

  long[] scalesShape(long out, long in) {
    return this == INT4 ? new long[] {out, in / GROUP} : new long[] {out};
  }

  /// Bytes that a matrix [out, in] takes.
  public long bytes(long out, long in) {
    return this == INT4
        ? out * in / 2 + out * in / GROUP * scales.bytes()
        : out * in + out * scales.bytes();
  }

  /// @throws UserException if a matrix of this width cannot be cut into groups
  void requireGroups(String name, long in) {
    if (this == INT4 && in % GROUP != 0) {
      throw new UserException(
          Fault.of(
                  "%s has %d inputs, expected a multiple of %d for int4."
                      .formatted(name, in, GROUP))
              .mend(Remedy.plain("take int8")));
    }
  }

  @Override
  public String toString() {
    return spelling;
  }
}
