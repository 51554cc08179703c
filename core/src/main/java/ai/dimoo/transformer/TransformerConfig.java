package ai.dimoo.transformer;

import static ai.dimoo.checkpoint.ConfigFields.require;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import java.util.List;
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

  /// No model comes near it; a list of all blocks is made before the first missing tensor is seen.
  private static final int MOST_LAYERS = 1000;

  /// @throws UserException if the numbers do not fit together
  public TransformerConfig {
    require(nLayers > 0 && nLayers <= MOST_LAYERS, "n_layers", nLayers, "1 to " + MOST_LAYERS);
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
    require(ropeTheta > 0 && Double.isFinite(ropeTheta), "rope_theta", ropeTheta, "more than 0");
    require(
        rmsNormEps >= 0 && Double.isFinite(rmsNormEps), "rms_norm_eps", rmsNormEps, "at least 0");
  }

  /// The width of one attention head.
  public int headDim() {
    return dModel / nHeads;
  }

  /// The shape of a checkpoint's transformer: as `config.json` says it, but the size of the
  /// vocabulary as the embedding has it. The published file names another size, which the
  /// publishers' own scripts set right after reading it.
  ///
  /// @throws UserException for a missing field or for an architecture that we do not compute
  public static TransformerConfig of(Checkpoint checkpoint) {
    TransformerConfig config = of(checkpoint.config());
    if (!checkpoint.weights().has(TensorNames.EMBEDDING)) {
      return config; // whoever builds the model says what is missing
    }
    List<Long> shape = checkpoint.weights().info(TensorNames.EMBEDDING).shape();
    boolean table = shape.size() == 2 && shape.getFirst() >= 1;
    return table && shape.getFirst() <= Integer.MAX_VALUE
        ? config.withVocabSize(shape.getFirst().intValue())
        : config;
  }

  /// The same with another vocabulary.
  public TransformerConfig withVocabSize(int size) {
    return new TransformerConfig(
        dModel, nLayers, nHeads, nKvHeads, mlpHiddenSize, size, ropeTheta, rmsNormEps, weightTying);
  }

  /// Reads `config.json`. A field that is absent has LLaDA's default (`configuration_llada.py`),
  /// which for `block_type`, `layer_norm_type`, `activation_type` and `rope` is not what we
  /// compute.
  ///
  /// @throws UserException for a missing field or for an architecture that we do not compute
  public static TransformerConfig of(ConfigFile file) {
    return file.read(TransformerConfig::of);
  }

  private static TransformerConfig of(ConfigFields fields) {
    expectArchitecture(fields);
    int dModel = fields.whole("d_model");
    int nHeads = fields.whole("n_heads");
    // embedding_size pads the table beyond vocab_size; the tensors have its rows
    int vocabSize = fields.whole(fields.has("embedding_size") ? "embedding_size" : "vocab_size");
    return new TransformerConfig(
        dModel,
        fields.whole("n_layers"),
        nHeads,
        fields.whole("n_kv_heads", nHeads),
        fields.has("mlp_hidden_size") ? fields.whole("mlp_hidden_size") : byRatio(fields, dModel),
        vocabSize,
        fields.number("rope_theta", 10_000),
        fields.number("rms_norm_eps", 1e-5),
        fields.flag("weight_tying", true));
  }

  private static void expectArchitecture(ConfigFields fields) {
    fields.expect("block_type", "llama");
    fields.expect("layer_norm_type", "rms");
    fields.expect("activation_type", "silu");
    fields.expect("rope", true);
    fields.expectIfPresent("rope_full_precision", true);
    fields.expectIfPresent("layer_norm_with_affine", true);
    for (String unsupported :
        List.of(
            "include_bias",
            "include_qkv_bias",
            "bias_for_layer_norm",
            "alibi",
            "attention_layer_norm",
            "multi_query_attention", // deprecated there: n_kv_heads says it
            "input_emb_norm",
            "scale_logits")) {
      fields.expectIfPresent(unsupported, false);
    }
    // relatives of LLaDA have them
    fields.expectNone("clip_qkv");
    fields.expectNone("rope_scaling");
  }

  private static int byRatio(ConfigFields fields, int dModel) {
    int ratio = fields.whole("mlp_ratio", 4);
    int most = Integer.MAX_VALUE / dModel;
    require(ratio <= most, "mlp_ratio", ratio, "1 to %d at d_model %d".formatted(most, dModel));
    return ratio * dModel;
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
}
