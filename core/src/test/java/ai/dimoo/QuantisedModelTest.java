package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.Quantiser;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A whole model in few bits, converted while it is loaded or stored so.
class QuantisedModelTest {

  private static final ImageRequest REQUEST = TextToImage.of("a red circle").seed(5).build();

  @TempDir static Path folder;
  private static Path plain;

  @BeforeAll
  static void write() {
    plain = TinyModel.write(folder.resolve("plain"));
    for (WeightFormat format : WeightFormat.values()) {
      Quantiser.write(plain, stored(format), format, (written, total) -> {});
    }
  }

  private static Path stored(WeightFormat format) {
    return folder.resolve(format.spelling());
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void aStoredModelComputesWhatAConvertedOneDoes(WeightFormat format) {
    try (Dimoo converted = Dimoo.open(plain, TinyModel.OPTIONS.withWeights(format));
        Dimoo opened = Dimoo.open(stored(format), TinyModel.OPTIONS)) {
      GeneratedPicture one = converted.generate(REQUEST);
      GeneratedPicture other = opened.generate(REQUEST);

      assertThat(other.codes()).isEqualTo(one.codes());
      assertThat(other.recipe().model().dtype()).isEqualTo(format + "+float32");
      assertThat(one.recipe().model().dtype()).isEqualTo(format + "+float32");
      assertThat(other.recipe().model().fingerprint())
          .isNotEqualTo(one.recipe().model().fingerprint());
    }
  }

  /// What a recipe says of the number format is what opens the model so again.
  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void theRecipesFormatOpensTheModelAgain(WeightFormat format) {
    ModelOptions options = TinyModel.OPTIONS.withFormat(format + "+float32");

    assertThat(options).isEqualTo(TinyModel.OPTIONS.withWeights(format));
    assertThat(TinyModel.OPTIONS.withFormat(" INT8 "))
        .isEqualTo(TinyModel.OPTIONS.withDtype(null).withWeights(WeightFormat.INT8));
    assertThat(options.withFormat("bfloat16"))
        .isEqualTo(TinyModel.OPTIONS.withDtype(Dtype.BFLOAT16));
    for (String wrong : new String[] {"int8+", "int8+int4", "float32+int8", "int3", ""}) {
      assertThatThrownBy(() -> options.withFormat(wrong))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("expected bfloat16, float32, int8 or int4");
    }
  }

  /// The rest of a model may compute in bfloat16.
  @Test
  void bothComputingFormatsWork() {
    ModelOptions bfloat16 = TinyModel.OPTIONS.withFormat("int8+bfloat16");
    try (Dimoo dimoo = Dimoo.open(stored(WeightFormat.INT8), bfloat16)) {
      assertThat(dimoo.generate(REQUEST).recipe().model().dtype()).isEqualTo("int8+bfloat16");
    }
  }

  @Test
  void onlyMatricesOfBlocksChangeInTheCopy() throws IOException {
    try (Checkpoint before = Checkpoint.open(plain);
        Checkpoint after = Checkpoint.open(stored(WeightFormat.INT8))) {
      WeightFiles weights = after.weights();
      String matrix = "model.transformer.blocks.1.up_proj.weight";
      assertThat(weights.info(matrix).dtype()).isEqualTo(TensorDtype.I8);
      assertThat(weights.info(matrix).shape()).containsExactly(64L, 32L);
      assertThat(weights.info(matrix + "_scale").dtype()).isEqualTo(TensorDtype.F32);
      assertThat(weights.info(matrix + "_scale").shape()).containsExactly(64L);
      for (String same :
          new String[] {
            "model.transformer.wte.weight",
            "model.transformer.ff_out.weight",
            "model.transformer.blocks.0.attn_norm.weight"
          }) {
        assertThat(weights.info(same).dtype()).isEqualTo(before.weights().info(same).dtype());
      }
      assertThat(weights.names()).hasSize(before.weights().names().size() + 2 * 7);
    }
    for (String file :
        new String[] {
          "tokenizer.json", "generation_config.json", "vqvae/diffusion_pytorch_model.safetensors"
        }) {
      assertThat(stored(WeightFormat.INT8).resolve(file))
          .hasSameBinaryContentAs(plain.resolve(file));
    }
  }

  @Test
  void otherBitsThanStoredAreRefused() {
    ModelOptions four = TinyModel.OPTIONS.withWeights(WeightFormat.INT4);
    assertThatThrownBy(() -> Dimoo.open(stored(WeightFormat.INT8), four))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The model's weights are stored in int8, and int4 was asked for. Leave dtype out.");
  }

  @Test
  void whatIsQuantisedAlreadyIsRefused() {
    Path target = folder.resolve("twice");
    assertThatThrownBy(() ->
            Quantiser.write(
                stored(WeightFormat.INT8), target, WeightFormat.INT4, (written, total) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is quantised already: its weights are in int8.");
    assertThat(target).doesNotExist();
  }

  @Test
  void aFolderThatExistsIsRefused() {
    assertThatThrownBy(
            () -> Quantiser.write(plain, plain, WeightFormat.INT8, (written, total) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void formatsOfOthersAreRefused() throws IOException {
    Path foreign = TinyModel.write(folder.resolve("foreign"));
    Path config = foreign.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\\{", "{\"quantization_config\": {\"quant_method\": \"gptq\"},"));

    assertThatThrownBy(() -> Dimoo.open(foreign, TinyModel.OPTIONS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json: quantization_config is {\"quant_method\":\"gptq\"}")
        .hasMessageContaining(
            "expected a model that is not quantised, or one that `dimoo quantize`");
  }

  /// Whoever ends it half way finds nothing, and nothing is left over.
  @Test
  void theCopyIsWholeOrNotThere() throws IOException {
    Path parent = Files.createDirectory(folder.resolve("parent"));
    assertThatThrownBy(() ->
            Quantiser.write(
                plain,
                parent.resolve("copy"),
                WeightFormat.INT8,
                (written, total) -> {
                  if (written > total / 2) {
                    throw new IllegalStateException("enough");
                  }
                }))
        .hasMessage("enough");
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void nothingIsLeftBehind(WeightFormat format) {
    try (Dimoo dimoo = Dimoo.open(plain, TinyModel.OPTIONS.withWeights(format))) {
      dimoo.generate(REQUEST);
      long before = TorchRuntime.nativeObjects();
      for (int i = 0; i < 5; i++) {
        dimoo.generate(REQUEST);
      }
      assertThat(TorchRuntime.nativeObjects()).isLessThanOrEqualTo(before);
    }
  }
}
