package ai.dimoo.vq;

import ai.dimoo.error.UserException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The shape of a VQ model, as `vqvae/config.json` (Diffusers' `VQModel`) describes it.
///
/// @param blockOutChannels channels of each resolution level, finest first; each further level
///   halves the resolution
/// @param layersPerBlock residual blocks of an encoder level; a decoder level has one more
/// @param latentChannels channels of the encoder's output
/// @param codebookSize number of codes
/// @param codeDim width of a code vector
/// @param normGroups groups of each group normalisation
public record VqConfig(
    List<Integer> blockOutChannels,
    int layersPerBlock,
    int latentChannels,
    int codebookSize,
    int codeDim,
    int normGroups) {

  /// The published model's shape: aMUSEd's VQ model.
  public static final VqConfig PUBLISHED =
      new VqConfig(List.of(128, 256, 256, 512, 768), 2, 64, 8192, 64, 32);

  /// @throws UserException if the numbers do not fit together
  public VqConfig {
    blockOutChannels = List.copyOf(blockOutChannels);
    if (blockOutChannels.isEmpty()) {
      throw new UserException(
          "vqvae/config.json: block_out_channels is empty, expected one per level");
    }
    for (int channels : blockOutChannels) {
      if (channels < 1 || channels % normGroups != 0) {
        throw new UserException(
            "vqvae/config.json: block_out_channels has "
                + channels
                + ", expected a multiple of norm_num_groups "
                + normGroups);
      }
    }
  }

  /// How many pixels, along each side, become one code: 16 in the published model.
  public int pixelsPerCode() {
    return 1 << (blockOutChannels.size() - 1);
  }

  /// Reads `vqvae/config.json`.
  ///
  /// @throws UserException for a missing field or for an architecture that we do not compute
  public static VqConfig of(JsonNode json) {
    expect(json, "act_fn", "silu");
    expect(json, "norm_type", "group");
    expect(json, "mid_block_add_attention", "false");
    expect(json, "in_channels", "3");
    expect(json, "out_channels", "3");
    json.path("down_block_types").forEach(type -> expectBlock(type, "DownEncoderBlock2D"));
    json.path("up_block_types").forEach(type -> expectBlock(type, "UpDecoderBlock2D"));
    int latentChannels = integer(json, "latent_channels");
    return new VqConfig(
        StreamSupport.stream(json.path("block_out_channels").spliterator(), false)
            .map(JsonNode::asInt)
            .toList(),
        integer(json, "layers_per_block"),
        latentChannels,
        integer(json, "num_vq_embeddings"),
        json.path("vq_embed_dim").isNumber() ? integer(json, "vq_embed_dim") : latentChannels,
        integer(json, "norm_num_groups"));
  }

  /// Writes the fields that {@link #of} reads.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("_class_name", "VQModel").put("in_channels", 3).put("out_channels", 3);
    ArrayNode channels = json.putArray("block_out_channels");
    ArrayNode down = json.putArray("down_block_types");
    ArrayNode up = json.putArray("up_block_types");
    IntStream.range(0, blockOutChannels.size())
        .forEach(level -> {
          channels.add(blockOutChannels.get(level));
          down.add("DownEncoderBlock2D");
          up.add("UpDecoderBlock2D");
        });
    json.put("layers_per_block", layersPerBlock).put("latent_channels", latentChannels);
    json.put("num_vq_embeddings", codebookSize).put("vq_embed_dim", codeDim);
    json.put("norm_num_groups", normGroups).put("norm_type", "group").put("act_fn", "silu");
    json.put("mid_block_add_attention", false).put("lookup_from_codebook", true);
    return json;
  }

  private static int integer(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber()) {
      throw new UserException(
          "vqvae/config.json: field " + field + " is " + value + ", expected a whole number");
    }
    return value.asInt();
  }

  /// A field that is absent has Diffusers' default, which is the value that we support.
  private static void expect(JsonNode json, String field, String supported) {
    JsonNode value = json.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.asString().equals(supported)) {
      throw new UserException(
          "vqvae/config.json: "
              + field
              + " is "
              + value
              + ", but only "
              + supported
              + " is supported");
    }
  }

  private static void expectBlock(JsonNode type, String supported) {
    if (!type.asString().equals(supported)) {
      throw new UserException(
          "vqvae/config.json: block type "
              + type
              + " found, but only "
              + supported
              + " is supported");
    }
  }
}
