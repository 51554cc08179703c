package ai.dimoo.vq;

import static ai.dimoo.checkpoint.ConfigFields.require;

import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.error.UserException;
import java.util.List;
import java.util.stream.IntStream;
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
/// @param upsampling how the decoder doubles the resolution; the published model repeats pixels
public record VqConfig(
    List<Integer> blockOutChannels,
    int layersPerBlock,
    int latentChannels,
    int codebookSize,
    int codeDim,
    int normGroups,
    Upsampling upsampling) {

  /// The published model's shape: aMUSEd's VQ model.
  public static final VqConfig PUBLISHED =
      new VqConfig(List.of(128, 256, 256, 512, 768), 2, 64, 8192, 64, 32, Upsampling.NEAREST);

  // No model comes near either; beyond them the sizes of pictures and lists overflow.
  private static final int MOST_LEVELS = 10;
  private static final int MOST_LAYERS_PER_BLOCK = 100;

  /// @throws UserException if the numbers do not fit together
  public VqConfig {
    blockOutChannels = List.copyOf(blockOutChannels);
    int levels = blockOutChannels.size();
    require(
        levels >= 1 && levels <= MOST_LEVELS,
        "block_out_channels",
        blockOutChannels,
        "1 to %d levels".formatted(MOST_LEVELS));
    require(
        layersPerBlock >= 1 && layersPerBlock <= MOST_LAYERS_PER_BLOCK,
        "layers_per_block",
        layersPerBlock,
        "1 to " + MOST_LAYERS_PER_BLOCK);
    require(latentChannels >= 1, "latent_channels", latentChannels, "at least 1");
    require(codebookSize >= 1, "num_vq_embeddings", codebookSize, "at least 1");
    require(codeDim >= 1, "vq_embed_dim", codeDim, "at least 1");
    require(normGroups >= 1, "norm_num_groups", normGroups, "at least 1");
    for (int channels : blockOutChannels) {
      require(
          channels >= 1 && channels % normGroups == 0,
          "block_out_channels",
          blockOutChannels,
          "multiples of norm_num_groups " + normGroups);
    }
  }

  /// How many pixels, along each side, become one code: 16 in the published model.
  public int pixelsPerCode() {
    return 1 << (blockOutChannels.size() - 1);
  }

  /// Reads `vqvae/config.json`. A field that is absent has Diffusers' default, which for
  /// `mid_block_add_attention` is `true`, not what we compute; the published file has `false`.
  ///
  /// @throws UserException for a missing field or for an architecture that we do not compute
  public static VqConfig of(ConfigFile file) {
    return file.read(VqConfig::of);
  }

  private static VqConfig of(ConfigFields fields) {
    fields.expectIfPresent("act_fn", "silu");
    fields.expectIfPresent("norm_type", "group");
    fields.expect("mid_block_add_attention", false);
    fields.expectIfPresent("in_channels", 3);
    fields.expectIfPresent("out_channels", 3);
    List<Integer> blockOutChannels = fields.wholes("block_out_channels");
    fields.expectTimes("down_block_types", blockOutChannels.size(), "DownEncoderBlock2D");
    fields.expectTimes("up_block_types", blockOutChannels.size(), "UpDecoderBlock2D");
    int latentChannels = fields.whole("latent_channels");
    return new VqConfig(
        blockOutChannels,
        fields.whole("layers_per_block"),
        latentChannels,
        fields.whole("num_vq_embeddings"),
        fields.whole("vq_embed_dim", latentChannels),
        fields.whole("norm_num_groups"),
        fields.choice("upsample_type", Upsampling.NEAREST));
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
    if (upsampling != Upsampling.NEAREST) {
      json.put("upsample_type", upsampling.toString());
    }
    json.put("mid_block_add_attention", false).put("lookup_from_codebook", true);
    return json;
  }
}
