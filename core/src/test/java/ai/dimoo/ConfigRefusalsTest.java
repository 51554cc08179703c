package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.error.UserException;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One field after another of a checkpoint's configuration is broken. Each is refused in one line:
/// the file, the field, what was found, what was expected.
class ConfigRefusalsTest {

  private static final Path GOLDEN = GoldenConfiguration.FOLDER;
  private static final Path POCKET = Path.of("../models/pocket");
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path folder;

  @BeforeEach
  void copyTheGoldenConfiguration() throws IOException {
    GoldenConfiguration.copyTo(folder);
    Files.copy(POCKET.resolve("generation_config.json"), folder.resolve("generation_config.json"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d_model              | absent             | a whole number from 1 to 2147483647
          d_model              | null               | a whole number from 1 to 2147483647
          d_model              | "64"               | a whole number from 1 to 2147483647
          d_model              | 64.5               | a whole number from 1 to 2147483647
          d_model              | 3000000000         | a whole number from 1 to 2147483647
          d_model              | 99999999999999999999999 | a whole number from 1 to 2147483647
          d_model              | {"size":64}        | a whole number from 1 to 2147483647
          n_layers             | -1                 | a whole number from 1 to 2147483647
          n_layers             | 0                  | a whole number from 1 to 2147483647
          n_layers             | [3]                | a whole number from 1 to 2147483647
          n_layers             | 2147483647         | 1 to 1000
          n_heads              | true               | a whole number from 1 to 2147483647
          n_heads              | 3                  | a divisor of d_model 64
          n_kv_heads           | 0                  | a whole number from 1 to 2147483647
          n_kv_heads           | 3                  | a divisor of n_heads 4
          n_kv_heads           | "4"                | a whole number from 1 to 2147483647
          mlp_hidden_size      | -160               | a whole number from 1 to 2147483647
          mlp_hidden_size      | {}                 | a whole number from 1 to 2147483647
          embedding_size       | "384"              | a whole number from 1 to 2147483647
          embedding_size       | 4294967680         | a whole number from 1 to 2147483647
          rope_theta           | "500000"           | a number of at least 0
          rope_theta           | [500000]           | a number of at least 0
          rope_theta           | -1                 | a number of at least 0
          rms_norm_eps         | "1e-5"             | a number of at least 0
          rms_norm_eps         | {"eps":1}          | a number of at least 0
          rms_norm_eps         | -0.5               | a number of at least 0
          weight_tying         | "false"            | true or false
          weight_tying         | 0                  | true or false
          block_type           | "sequential"       | "llama", the only supported value
          block_type           | absent             | "llama", the only supported value
          block_type           | {"llama":true}     | "llama", the only supported value
          layer_norm_type      | "default"          | "rms", the only supported value
          layer_norm_type      | absent             | "rms", the only supported value
          activation_type      | ["silu"]           | "silu", the only supported value
          activation_type      | absent             | "silu", the only supported value
          rope                 | false              | true, the only supported value
          rope                 | absent             | true, the only supported value
          rope_full_precision  | false              | true, the only supported value
          layer_norm_with_affine | false            | true, the only supported value
          multi_query_attention | true              | false, the only supported value
          include_bias         | true               | false, the only supported value
          include_qkv_bias     | {}                 | false, the only supported value
          bias_for_layer_norm  | true               | false, the only supported value
          alibi                | 1                  | false, the only supported value
          attention_layer_norm | true               | false, the only supported value
          input_emb_norm       | true               | false, the only supported value
          scale_logits         | true               | false, the only supported value
          clip_qkv             | 8.0                | null, the only supported value
          rope_scaling         | {"type":"linear"}  | null, the only supported value
          """)
  void aFieldOfTheTransformer(String field, String value, String expected) throws IOException {
    refused("config.json", field, value, expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          norm_num_groups      | 0                  | a whole number from 1 to 2147483647
          norm_num_groups      | absent             | a whole number from 1 to 2147483647
          norm_num_groups      | "8"                | a whole number from 1 to 2147483647
          layers_per_block     | -2                 | a whole number from 1 to 2147483647
          layers_per_block     | 0                  | a whole number from 1 to 2147483647
          layers_per_block     | 2147483647         | 1 to 100
          layers_per_block     | [2,2]              | a whole number from 1 to 2147483647
          latent_channels      | 16.0               | a whole number from 1 to 2147483647
          num_vq_embeddings    | {}                 | a whole number from 1 to 2147483647
          num_vq_embeddings    | 99999999999        | a whole number from 1 to 2147483647
          vq_embed_dim         | -16                | a whole number from 1 to 2147483647
          vq_embed_dim         | "16"               | a whole number from 1 to 2147483647
          block_out_channels   | 16                 | a list of whole numbers
          block_out_channels   | absent             | a list of whole numbers
          block_out_channels   | {"0":16}           | a list of whole numbers
          act_fn               | "relu"             | "silu", the only supported value
          act_fn               | {"name":"silu"}    | "silu", the only supported value
          norm_type            | "spatial"          | "group", the only supported value
          upsample_type        | "resnet"           | "conv" or "conv_transpose"
          in_channels          | 4                  | 3, the only supported value
          in_channels          | "3"                | 3, the only supported value
          out_channels         | [3]                | 3, the only supported value
          mid_block_add_attention | true            | false, the only supported value
          mid_block_add_attention | absent          | false, the only supported value
          mid_block_add_attention | null            | false, the only supported value
          mid_block_add_attention | "false"         | false, the only supported value
          down_block_types     | absent             | a list of 5 times "DownEncoderBlock2D"
          down_block_types     | "DownEncoderBlock2D" | a list of 5 times "DownEncoderBlock2D"
          down_block_types     | ["DownEncoderBlock2D"] | a list of 5 times "DownEncoderBlock2D"
          up_block_types       | {}                 | a list of 5 times "UpDecoderBlock2D"
          """)
  void aFieldOfTheVqModel(String field, String value, String expected) throws IOException {
    refused("vqvae/config.json", field, value, expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          width                | 0                  | a whole number from 1 to 2147483647
          width                | "64"               | a whole number from 1 to 2147483647
          width                | 40                 | a multiple of the 16 pixels per token
          height               | -64                | a whole number from 1 to 2147483647
          height               | [64]               | a whole number from 1 to 2147483647
          crop_side            | 16                 | 32 to 2048 pixels
          crop_side            | 2147483647         | 32 to 2048 pixels
          understanding_side   | {}                 | a whole number from 1 to 2147483647
          understanding_side   | 4096               | 32 to 2048 pixels
          timesteps            | 0                  | a whole number from 1 to 2147483647
          timesteps            | 1000.0             | a whole number from 1 to 2147483647
          timesteps            | 2147483648         | a whole number from 1 to 2147483647
          cfg_scale            | "4"                | a number of at least 0
          cfg_scale            | -1                 | a number of at least 0
          edit_cfg_scale       | [2.5]              | a number of at least 0
          cfg_img              | {"scale":4}        | a number of at least 0
          temperature          | true               | a number of at least 0
          text_temperature     | -0.1               | a number of at least 0
          noise                | "loud"             | "reference" or "exact"
          noise                | 7                  | "reference" or "exact"
          noise                | {"kind":"exact"}   | "reference" or "exact"
          remasking            | ["random"]         | "low_confidence" or "random"
          remasking            | "never"            | "low_confidence" or "random"
          gen_length           | 2.5                | a whole number from 1 to 2147483647
          block_length         | 5                  | a divisor of gen_length 24
          block_length         | "5"                | a whole number from 1 to 2147483647
          steps                | {}                 | a whole number from 1 to 2147483647
          max_prompt_tokens    | -128               | a whole number from 1 to 2147483647
          speed                | 5                  | an object
          text_speed           | [1]                | an object
          """)
  void aFieldOfTheSamplingDefaults(String field, String value, String expected) throws IOException {
    refused("generation_config.json", field, value, expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'fast':{'timesteps':0}}    | speed.fast.timesteps is 0, expected a whole number of at least 1.
          {'fast':{'noise':'loud'}}   | speed.fast.noise is loud, expected reference or exact.
          {'balanced':{'steps':4}}    | speed.balanced.steps is 4, expected nothing: the sampler has no such setting.
          {'balanced':{'fit':'pad'}}  | speed.balanced.fit is pad, expected nothing: the sampler has no such setting.
          {'balanced':{'speed':'fast'}} | speed.balanced.speed is fast, expected nothing: the sampler has no such setting.
          {'fast':{'timesteps':[4]}}  | timesteps is [4], expected a number, a word, true or false.
          """)
  void aFieldOfAPreset(String value, String expected) throws IOException {
    Path broken = set("generation_config.json", "speed", value.replace('\'', '"'));
    assertRefusal(broken + ": " + expected);
  }

  @Test
  void channelsThatDoNotFitAreRefusedInTheSameForm() throws IOException {
    Path vq = set("vqvae/config.json", "norm_num_groups", "5");
    assertRefusal(
        vq
            + ": block_out_channels is [16, 16, 32, 32, 48], expected multiples of norm_num_groups"
            + " 5.");
    set("vqvae/config.json", "norm_num_groups", "8");
    set("vqvae/config.json", "block_out_channels", "[16,0,32,32,48]");
    assertRefusal(
        vq + ": block_out_channels[1] is 0, expected a whole number from 1 to 2147483647.");
    set("vqvae/config.json", "block_out_channels", "[16,16,32,32]");
    assertThatThrownBy(() -> read(folder))
        .hasMessageStartingWith(vq + ": down_block_types is [")
        .hasMessageEndingWith(", expected a list of 4 times \"DownEncoderBlock2D\".");
    set("vqvae/config.json", "block_out_channels", "[]");
    set("vqvae/config.json", "down_block_types", "[]");
    set("vqvae/config.json", "up_block_types", "[]");
    assertRefusal(vq + ": block_out_channels is [], expected 1 to 10 levels.");
  }

  @Test
  void aBlockOfAnotherTypeIsNamedByItsPlace() throws IOException {
    String types = "\"UpDecoderBlock2D\",".repeat(4) + "\"AttnUpDecoderBlock2D\"";
    Path file = set("vqvae/config.json", "up_block_types", "[" + types + "]");
    assertRefusal(
        file
            + ": up_block_types[4] is \"AttnUpDecoderBlock2D\", expected \"UpDecoderBlock2D\", the"
            + " only supported value.");
  }

  @Test
  void stepsAreSpreadOverTheBlocks() throws IOException {
    Path file = set("generation_config.json", "block_length", "3");
    assertRefusal(file + ": steps is 12, expected a multiple of the 8 blocks.");
  }

  @Test
  void aRatioThatMakesTheFeedForwardLayerTooWide() throws IOException {
    set("config.json", "mlp_hidden_size", "null");
    Path file = set("config.json", "mlp_ratio", "2147483647");
    assertRefusal(file + ": mlp_ratio is 2147483647, expected 1 to 33554431 at d_model 64.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rope_theta", "rms_norm_eps"})
  void aNumberBeyondTheRangeOfADouble(String field) throws IOException {
    for (String digits : new String[] {"1e999", "9".repeat(400)}) {
      Path file = folder.resolve("config.json");
      String text = Files.readString(GOLDEN.resolve("config.json"));
      Files.writeString(
          file, text.replaceAll("\"" + field + "\": [^,]+", "\"" + field + "\": " + digits));
      assertThatThrownBy(() -> read(folder))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": " + field + " is ")
          .hasMessageEndingWith(", expected a number of at least 0.");
    }
  }

  @Test
  void aRotaryBaseOfZero() throws IOException {
    Path file = set("config.json", "rope_theta", "0");
    assertRefusal(file + ": rope_theta is 0.0, expected more than 0.");
  }

  @Test
  void aLongTextIsCutAndStaysOnOneLine() throws IOException {
    Path file = set("config.json", "block_type", "\"" + "a\\n".repeat(10_000) + "\"");
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": block_type is \"a")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(600));
  }

  @Test
  void whatIsNotSaidHasTheDefaultsOfTheProjectsThatTheFilesComeFrom() throws IOException {
    for (String field :
        new String[] {"rope_theta", "weight_tying", "n_kv_heads", "mlp_hidden_size", "alibi"}) {
      set("config.json", field, "absent");
    }
    set("config.json", "multi_query_attention", "null");
    set("vqvae/config.json", "vq_embed_dim", "null");
    set("vqvae/config.json", "act_fn", "absent");
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(TransformerConfig.of(checkpoint.config()))
          .isEqualTo(new TransformerConfig(64, 3, 4, 4, 256, 384, 10_000, 1e-5, true));
      assertThat(VqConfig.of(checkpoint.vqConfig()).codeDim()).isEqualTo(16);
    }
  }

  @Test
  void theConfigurationsThatWeHaveAreRead() throws IOException {
    assertThat(read(GOLDEN).width()).isEqualTo(1024);
    assertThat(read(POCKET).textToImage().noise()).isEqualTo(Noise.EXACT);
    assertThat(read(folder).width()).isEqualTo(128);

    Files.writeString(
        folder.resolve("config.json"), TransformerConfig.PUBLISHED.toJson().toString());
    Files.writeString(folder.resolve("vqvae/config.json"), VqConfig.PUBLISHED.toJson().toString());
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(TransformerConfig.of(checkpoint.config())).isEqualTo(TransformerConfig.PUBLISHED);
      assertThat(VqConfig.of(checkpoint.vqConfig())).isEqualTo(VqConfig.PUBLISHED);
    }
  }

  private void refused(String file, String field, String value, String expected)
      throws IOException {
    Path broken = set(file, field, value);
    assertRefusal("%s: %s is %s, expected %s.".formatted(broken, field, value, expected));
  }

  private void assertRefusal(String message) {
    assertThatThrownBy(() -> read(folder)).isInstanceOf(UserException.class).hasMessage(message);
  }

  /// @param value as JSON, or `absent`
  private Path set(String name, String field, String value) throws IOException {
    Path file = folder.resolve(name);
    ObjectNode json = (ObjectNode) JSON.readTree(Files.readString(file));
    if (value.equals("absent")) {
      json.remove(field);
    } else {
      json.set(field, JSON.readTree(value));
    }
    return Files.writeString(file, json.toString());
  }

  /// What opening a model reads of these files, in the same order.
  private static ModelDefaults read(Path folder) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      TransformerConfig.of(checkpoint.config());
      VqConfig vq = VqConfig.of(checkpoint.vqConfig());
      return ModelDefaults.of(checkpoint, vq.pixelsPerCode());
    }
  }
}
