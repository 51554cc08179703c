package ai.dimoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.dimoo.error.UserException;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFilesTest {

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("an empty file", new byte[0], "only 0 bytes"),
        arguments("a file shorter than the length field", new byte[7], "only 7 bytes"),
        arguments("a header longer than the file", file(1_000, "{}", 0), "claims 1000 bytes"),
        arguments(
            "a negative header length", file(-1, "{}", 0), "claims 18446744073709551615 bytes"),
        arguments("an absurd header length", file(1L << 40, "{}", 0), "claims 1099511627776 bytes"),
        arguments("no header at all", file(0, "", 0), "claims 0 bytes"),
        arguments("not JSON", json("{\"a\": ???}", 0), "not valid JSON"),
        arguments("JSON cut off", json("{\"a\": {\"dtype\": \"F32\"", 0), "not valid JSON"),
        arguments("a list", json("[1, 2]", 0), "expected an object, found a list"),
        arguments("two objects", json("{}{}", 0), "something follows"),
        arguments(
            "a very deep header", json("{\"a\":{\"shape\":" + "[".repeat(90_000), 0), "shape"),
        arguments(
            "a name twice",
            json(
                "{"
                    + tensor("a", "F32", "[1]", "[0,4]")
                    + ","
                    + tensor("a", "F32", "[1]", "[4,8]")
                    + "}",
                8),
            "it has twice"),
        arguments("an unknown dtype", one("Q4_0", "[1]", "[0,4]", 4), "tensor 'a': dtype 'Q4_0'"),
        arguments(
            "a shape that does not fit",
            one("F32", "[2,3]", "[0,4]", 4),
            "needs 24 bytes, found 4"),
        arguments(
            "a dtype that does not fit", one("BF16", "[1]", "[0,4]", 4), "needs 2 bytes, found 4"),
        arguments("a negative size", one("F32", "[-1]", "[0,4]", 4), "shape must be"),
        arguments(
            "sizes whose product overflows to the right number",
            one("U8", "[4294967296,4294967296]", "[0,0]", 0),
            "larger than any file"),
        arguments(
            "a size beyond 64 bits", one("U8", "[99999999999999999999]", "[0,0]", 0), "valid JSON"),
        arguments("a fraction as a size", one("F32", "[1.0]", "[0,4]", 4), "found a fraction"),
        arguments(
            "offsets beyond the file", one("F32", "[2]", "[0,8]", 4), "outside the 4 data bytes"),
        arguments(
            "offsets before the data", one("F32", "[1]", "[-4,0]", 4), "data_offsets must be"),
        arguments("offsets the wrong way round", one("F32", "[1]", "[4,0]", 4), "outside"),
        arguments(
            "three offsets", one("F32", "[1]", "[0,4,8]", 8), "data_offsets must be at most 2"),
        arguments("one offset", one("F32", "[1]", "[0]", 4), "two data_offsets"),
        arguments("no dtype", json("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4), "a dtype"),
        arguments(
            "an unknown field",
            json("{\"a\":{\"dtype\":\"F32\",\"path\":\"/etc/passwd\"}}", 0),
            "unknown field 'path'"),
        arguments(
            "metadata that is no text", json("{\"__metadata__\":{\"n\":1}}", 0), "metadata 'n'"),
        arguments(
            "overlapping tensors",
            json(
                "{"
                    + tensor("a", "F32", "[2]", "[0,8]")
                    + ","
                    + tensor("b", "F32", "[2]", "[4,12]")
                    + "}",
                12),
            "tensor 'b' begins at data byte 4 and overlaps"),
        arguments("a hole", one("F32", "[1]", "[4,8]", 8), "expected it to follow"),
        arguments("bytes that no tensor owns", one("F32", "[1]", "[0,4]", 9), "end at data byte 4"),
        arguments(
            "a name with line breaks",
            json("{\"a\\n\\u001b[31m\":{\"dtype\":\"F99\"}}", 0),
            "tensor 'a??[31m'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isRefusedInOneLineThatNamesTheFile(String what, byte[] content, String message)
      throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), content);

    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(700));
  }

  @Test
  void aFileOfValidBytesIsRefusedWhereverItIsCutOff() throws IOException {
    byte[] whole = json("{" + tensor("a", "F32", "[2]", "[0,8]") + "}", 8);
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(file).close())
          .as("cut to %d bytes", length)
          .isInstanceOf(UserException.class);
    }
    SafetensorsFile.open(Files.write(folder.resolve("whole"), whole)).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.safetensors",
        "/etc/outside.safetensors",
        "sub/outside.safetensors",
        "..\\\\outside.safetensors",
        "C:outside.safetensors",
        "config.json"
      })
  void aShardNameThatLeadsOutOfTheFolderIsRefused(String shard) throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.write(
          folder.resolve("outside.safetensors"), Map.of("a", torch.ones(1)), Map.of());
    }
    Path index =
        Files.writeString(
            model.resolve("model.safetensors.index.json"),
            "{\"weight_map\":{\"a\":\"" + shard + "\"}}");

    assertThatThrownBy(() -> WeightFiles.open(model, "model").close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(index.toString())
        .hasMessageContaining("tensor 'a'")
        .hasMessageContaining("beside the index");
  }

  @Test
  void aMissingShardAndAShardWithoutItsTensorAreNamed() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"model-1.safetensors\"}}");
    assertThatThrownBy(() -> WeightFiles.open(folder, "model").close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No file " + folder.resolve("model-1.safetensors"));

    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.write(
          folder.resolve("model-1.safetensors"), Map.of("b", torch.ones(1)), Map.of());
    }
    assertThatThrownBy(() -> WeightFiles.open(folder, "model").close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'a' in model-1.safetensors, which does not have it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"weight_map\": 3}", "{\"weight_map\": {\"a\": 3}}", "{} {}", "{"})
  void anIndexThatIsNoIndexIsRefused(String content) throws IOException {
    Path index = Files.writeString(folder.resolve("model.safetensors.index.json"), content);

    assertThatThrownBy(() -> WeightFiles.open(folder, "model").close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(index.toString())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch_model.bin | in another format: pytorch_model.bin. Convert it to model.safetensors",
        "model-00001-of-00002.safetensors | a shard whose index is missing: model-00001-of-00002.safetensors. Fetch model.safetensors.index.json",
        "model.fp16.safetensors | under another name: model.fp16.safetensors. Rename it to model.safetensors"
      })
  void whatLiesInPlaceOfTheWeightsIsNamedWithTheNextStep(String file, String said)
      throws IOException {
    Files.writeString(folder.resolve(file), "x");
    assertThatThrownBy(() -> WeightFiles.open(folder, Checkpoint.WEIGHTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(said);
  }

  @Test
  void aLinkWhoseTargetIsMissingIsNamed() throws IOException {
    Path link = folder.resolve("model.safetensors");
    Files.createSymbolicLink(link, folder.resolve("blobs/abc"));
    assertThatThrownBy(() -> WeightFiles.open(folder, Checkpoint.WEIGHTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(link + " is a link to " + folder.resolve("blobs/abc"));
  }

  @Test
  void aPointerOfGitLfsIsNamed() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.writeString(
        file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 16135118784\n");
    assertThatThrownBy(() -> WeightFiles.open(folder, Checkpoint.WEIGHTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a pointer of Git LFS")
        .hasMessageContaining("Run `git lfs pull` in its folder");
  }

  @Test
  void aFolderWithoutACheckpointSaysHowToGetOne() throws IOException {
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none")).close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No folder")
        .hasMessageContaining("dimoo download");
    assertThatThrownBy(() -> Checkpoint.open(folder).close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No config.json in " + folder)
        .hasMessageContaining("another model");

    Files.writeString(folder.resolve("config.json"), "{}");
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThatThrownBy(checkpoint::weights)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("No weights in " + folder);
      assertThatThrownBy(checkpoint::vqConfig)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("No vqvae/config.json in " + folder);
    }
  }

  private static byte[] one(String dtype, String shape, String offsets, int dataBytes) {
    return json("{" + tensor("a", dtype, shape, offsets) + "}", dataBytes);
  }

  private static String tensor(String name, String dtype, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, dtype, shape, offsets);
  }

  private static byte[] json(String header, int dataBytes) {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, dataBytes);
  }

  private static byte[] file(long claimedLength, String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(claimedLength)
        .put(json)
        .array();
  }
}
