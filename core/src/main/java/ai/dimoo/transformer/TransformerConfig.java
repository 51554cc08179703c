package ai.dimoo.transformer;

import ai.dimoo.error.UserException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The shape of a transformer, as `config.json` of the published checkpoint describes it.
///
/// @param dModel width of the residual stream
/// @param nLayers number of blocks
/// @param nHeads query heads; `dModel` is a multiple of it
/// @param nKvHeads key and value heads; `nHeads` is a multiple of it
/// @param mlpHiddenSize width inside the feed-forward layer
/// @param vocabSize rows of the embedding and of the head: text, special tokens and image codes
/// @param ropeTheta base of the rotary frequencies
/// @param rmsNormEps added to the mean square before the root
/// @param weightTying whether the head is the embedding
public record TransformerConfig(
    int dModel,
    int nLayers,
    int nHeads,
    int nKvHeads,
    int mlpHiddenSize,
    int vocabSize,
    double ropeTheta,
    double rmsNormEps,
    boolean weightTying) {

  /// The published model's shape: Lumina-DiMOO 8B (LLaDA-8B with the picture vocabulary).
  public static final TransformerConfig PUBLISHED =
      new TransformerConfig(4096, 32, 32, 32, 12288, 134548, 500000.0, 1e-5, false);

  /// @throws UserException if the numbers do not fit together
  public TransformerConfig {
    require(nLayers > 0, "n_layers", nLayers, "at least 1");
    require(
        nHeads > 0 && dModel % nHeads == 0, "n_heads", nHeads, "a divisor of d_model " + dModel);
    require(
        (dModel / nHeads) % 2 == 0, "d_model / n_heads", dModel / nHeads, "even, for rotary pairs");
    require(
        nKvHeads > 0 && nHeads % nKvHeads == 0,
        "n_kv_heads",
        nKvHeads,
        "a divisor of n_heads " + nHeads);
    require(mlpHiddenSize > 0, "mlp_hidden_size", mlpHiddenSize, "at least 1");
    require(vocabSize > 0, "vocab_size", vocabSize, "at least 1");
  }

  /// The width of one attention head.
  public int headDim() {
    return dModel / nHeads;
  }

  /// Reads `config.json`.
  ///
  /// @throws UserException for a missing field or for an architecture that we do not compute
  public static TransformerConfig of(JsonNode json) {
    expect(json, "block_type", "llama");
    expect(json, "layer_norm_type", "rms");
    expect(json, "activation_type", "silu");
    expect(json, "rope", "true");
    for (String unsupported :
        new String[] {
          "include_bias",
          "include_qkv_bias",
          "alibi",
          "attention_layer_norm",
          "input_emb_norm",
          "scale_logits"
        }) {
      expect(json, unsupported, "false");
    }
    int nHeads = integer(json, "n_heads");
    int dModel = integer(json, "d_model");
    // embedding_size pads the table beyond vocab_size; the tensors have its rows
    int vocabSize =
        json.path("embedding_size").isNumber()
            ? integer(json, "embedding_size")
            : integer(json, "vocab_size");
    int mlpHiddenSize =
        json.path("mlp_hidden_size").isNumber()
            ? integer(json, "mlp_hidden_size")
            : integer(json, "mlp_ratio") * dModel;
    return new TransformerConfig(
        dModel,
        integer(json, "n_layers"),
        nHeads,
        json.path("n_kv_heads").isNumber() ? integer(json, "n_kv_heads") : nHeads,
        mlpHiddenSize,
        vocabSize,
        json.path("rope_theta").asDouble(500000.0),
        json.path("rms_norm_eps").asDouble(1e-5),
        json.path("weight_tying").asBoolean(false));
  }

  /// Writes the fields that {@link #of} reads.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add("LLaDAForMultiModalGeneration");
    json.put("model_type", "llada");
    json.put("block_type", "llama").put("layer_norm_type", "rms").put("activation_type", "silu");
    json.put("d_model", dModel).put("n_layers", nLayers);
    json.put("n_heads", nHeads).put("n_kv_heads", nKvHeads);
    json.put("mlp_hidden_size", mlpHiddenSize);
    json.put("vocab_size", vocabSize).put("embedding_size", vocabSize);
    json.put("rope", true).put("rope_full_precision", true).put("rope_theta", ropeTheta);
    json.put("rms_norm_eps", rmsNormEps).put("weight_tying", weightTying);
    json.put("include_bias", false).put("include_qkv_bias", false).put("alibi", false);
    json.put("attention_layer_norm", false).put("input_emb_norm", false);
    json.put("scale_logits", false).put("max_sequence_length", 4096);
    return json;
  }

  private static int integer(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber()) {
      throw new UserException(
          "config.json: field " + field + " is " + value + ", expected a whole number");
    }
    return value.asInt();
  }

  /// A field that is absent has LLaDA's default, which is the value that we support.
  private static void expect(JsonNode json, String field, String supported) {
    JsonNode value = json.path(field);
    if (!value.isMissingNode() && !value.isNull() && !Objects.equals(value.asString(), supported)) {
      throw new UserException(
          "config.json: "
              + field
              + " is "
              + value
              + ", but only "
              + supported
              + " is supported: this checkpoint is not a Lumina-DiMOO model");
    }
  }

  private static void require(boolean holds, String field, Object found, String expected) {
    if (!holds) {
      throw new UserException("config.json: " + field + " is " + found + ", expected " + expected);
    }
  }
}
