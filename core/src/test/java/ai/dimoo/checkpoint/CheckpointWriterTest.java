package ai.dimoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointWriterTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint");

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @ParameterizedTest
  @EnumSource(TensorDtype.class)
  void everyDtypeComesBackAsItWas(TensorDtype dtype) {
    try (PointerScope scope = new PointerScope()) {
      Tensor counted = torch.arange(new Scalar(12)).to(dtype.scalarType());
      Tensor transposed = counted.view(3, 4).t();
      Path file = folder.resolve("x.safetensors");

      SafetensorsWriter.write(
          file,
          Map.of(
              "t",
              transposed,
              "scalar",
              counted.select(0, 1),
              "none",
              counted.slice(0, of(3), of(3), 1)),
          Map.of("format", "pt"));

      try (SafetensorsFile read = SafetensorsFile.open(file)) {
        assertThat(read.info("t").dtype()).isEqualTo(dtype);
        assertThat(read.info("t").shape()).containsExactly(4L, 3L);
        assertThat(read.tensor("t").equal(transposed)).isTrue();
        assertThat(read.info("scalar").shape()).isEmpty();
        assertThat(read.tensor("scalar").equal(counted.select(0, 1))).isTrue();
        assertThat(read.tensor("none").numel()).isZero();
        assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
      }
    }
  }

  private static LongOptional of(long value) {
    return new LongOptional(value);
  }

  @Test
  void oneSetOfTensorsGivesOneFileWhateverTheOrderAndItsDataAreAligned() throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Tensor wide = torch.ones(new long[] {3}, new TensorOptions(torch.ScalarType.Long));
      Tensor narrow = torch.ones(new long[] {5}, new TensorOptions(torch.ScalarType.Byte));
      Map<String, Tensor> one = new LinkedHashMap<>();
      one.put("a", narrow);
      one.put("b", wide);
      Map<String, Tensor> other = new LinkedHashMap<>();
      other.put("b", wide);
      other.put("a", narrow);

      SafetensorsWriter.write(folder.resolve("1"), one, Map.of());
      SafetensorsWriter.write(folder.resolve("2"), other, Map.of());

      byte[] bytes = Files.readAllBytes(folder.resolve("1"));
      assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("2")));
      assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0) % 8).isZero();
      try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("1"))) {
        assertThat(file.names()).containsExactly("b", "a");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {200_000, CheckpointWriter.SHARD_BYTES})
  void theGoldenCheckpointWrittenAgainIsTheSameInShardsOfAnySize(long shardBytes)
      throws IOException {
    Path target = folder.resolve("copy");
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    try (Checkpoint golden = Checkpoint.open(GOLDEN);
        PointerScope scope = new PointerScope()) {
      CheckpointWriter.to(target)
          .transformer(golden.config().json(), all(golden.weights()))
          .vq(golden.vqConfig().json(), all(golden.vqWeights()))
          .tokenizer(tokenizer)
          .shardBytes(shardBytes)
          .write();

      try (Checkpoint copy = Checkpoint.open(target)) {
        assertThat(copy.config().json()).isEqualTo(golden.config().json());
        assertThat(copy.vqConfig().json()).isEqualTo(golden.vqConfig().json());
        assertThat(copy.tokenizer()).hasContent("{}");
        assertSame(copy.weights(), golden.weights());
        assertSame(copy.vqWeights(), golden.vqWeights());
        assertThat(copy.weights().fileCount() == 1).isEqualTo(shardBytes > 1_000_000);
      }
    }
  }

  @Test
  void aSmallerCheckpointReplacesALargerOneAndOtherFilesStay() throws IOException {
    Path target = folder.resolve("model");
    try (Checkpoint golden = Checkpoint.open(GOLDEN);
        PointerScope scope = new PointerScope()) {
      Map<String, Tensor> weights = all(golden.weights());
      CheckpointWriter.to(target)
          .transformer(golden.config().json(), weights)
          .vq(golden.vqConfig().json(), all(golden.vqWeights()))
          .shardBytes(90_000)
          .write();
      Files.writeString(target.resolve("README.md"), "card");
      Files.writeString(target.resolve("shortcut.safetensors"), "of the weights before");

      CheckpointWriter.to(target).transformer(golden.config().json(), weights).write();

      try (Stream<Path> files = Files.list(target)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .containsExactlyInAnyOrder("README.md", "config.json", "model.safetensors", "vqvae");
      }
      try (Checkpoint replaced = Checkpoint.open(target)) {
        assertSame(replaced.weights(), golden.weights());
        assertSame(replaced.vqWeights(), golden.vqWeights());
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(target);
      }
    }
  }

  @Test
  void aTargetThatCannotBeWrittenIsOneClearLineAndLeavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> one = Map.of("a", torch.ones(2));
      assertThatThrownBy(
              () -> SafetensorsWriter.write(file.resolve("x.safetensors"), one, Map.of()))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith("Cannot write " + file);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }

  private static Map<String, Tensor> all(WeightFiles files) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    files.names().forEach(name -> tensors.put(name, files.tensor(name)));
    return tensors;
  }

  private static void assertSame(WeightFiles found, WeightFiles expected) {
    assertThat(found.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    for (String name : expected.names()) {
      assertThat(found.tensor(name).equal(expected.tensor(name))).as(name).isTrue();
    }
  }
}
