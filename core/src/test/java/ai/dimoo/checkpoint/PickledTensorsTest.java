package ai.dimoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.torch.TensorArrays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files by PyTorch; `resources/pytorch/make.py` says what is in them.
class PickledTensorsTest {

  private static final Path FILES = Path.of("src/test/resources/pytorch");

  @TempDir Path folder;

  private static void holds(
      PickledTensors file, String name, TensorDtype dtype, List<Long> shape, double... numbers) {
    TensorSource source = file.source(name);
    assertThat(source.dtype()).as(name).isEqualTo(dtype);
    assertThat(source.shape()).as(name).isEqualTo(shape);
    Tensor tensor = source.numbers().get();
    assertThat(tensor.is_contiguous()).isTrue();
    assertThat(tensor.sizes().vec().get())
        .isEqualTo(shape.stream().mapToLong(Long::longValue).toArray());
    if (numbers.length > 0) {
      assertThat(TensorArrays.doubles(tensor)).as(name).containsExactly(numbers);
    }
  }

  @Test
  void everyKindOfTensorIsRead() {
    try (PickledTensors file = PickledTensors.open(FILES.resolve("tensors.pth"));
        PointerScope scope = new PointerScope()) {
      assertThat(file.names()).hasSize(10).startsWith("counting.weight", "bfloat16");
      holds(file, "counting.weight", TensorDtype.F32, List.of(2L, 3L), 0, 1, 2, 3, 4, 5);
      holds(file, "bfloat16", TensorDtype.BF16, List.of(3L), 0.5, -2, 3);
      holds(file, "half", TensorDtype.F16, List.of(2L, 1L), 0.25, 8);
      holds(file, "double", TensorDtype.F64, List.of(), 1 / 3.0);
      holds(file, "steps", TensorDtype.I64, List.of(), 12345678901.0);
      holds(file, "flags", TensorDtype.BOOL, List.of(2L), 1, 0);
      holds(file, "empty", TensorDtype.F32, List.of(0L, 4L));
      holds(file, "part", TensorDtype.F32, List.of(2L, 3L), 7, 8, 9, 12, 13, 14);
      double[] turned = new double[20];
      Arrays.setAll(turned, i -> i % 4 * 5 + i / 4);
      holds(file, "turned", TensorDtype.F32, List.of(5L, 4L), turned);
      holds(file, "parameter", TensorDtype.F32, List.of(1L), 7);
    }
  }

  @Test
  void tensorsAreGivenInTheShapeThatAModelAsksForOnly() {
    try (PickledTensors file = PickledTensors.open(FILES.resolve("tensors.pth"));
        PointerScope scope = new PointerScope()) {
      assertThat(file.get("bfloat16", 3).numel()).isEqualTo(3);
      assertThatThrownBy(() -> file.get("bfloat16", 4))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("tensor 'bfloat16' has shape [3] of BF16, expected [4]");
      assertThatThrownBy(() -> file.get("flags", 2)).isInstanceOf(UserException.class);
      assertThatThrownBy(() -> file.get("gone", 4)).hasMessageContaining("No tensor 'gone'");
    }
  }

  @Test
  void nothingIsExecuted() {
    assertThatThrownBy(() -> PickledTensors.open(FILES.resolve("hostile.pth")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it calls posix.system, and only dictionaries of tensors are read");
  }

  /// An archive as PyTorch lays it out.
  private Path archive(byte[] pickle, byte[] numbers) throws IOException {
    Path file = folder.resolve("made.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("made/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("made/data/0"));
      zip.write(numbers);
    }
    return file;
  }

  private static byte[] pickleOf(String name) throws IOException {
    try (var zip = new ZipFile(FILES.resolve(name).toFile())) {
      ZipEntry entry =
          zip.stream().filter(e -> e.getName().endsWith("data.pkl")).findFirst().orElseThrow();
      return zip.getInputStream(entry).readAllBytes();
    }
  }

  @Test
  void damagedFilesAreRefusedInOneLine() throws IOException {
    byte[] pickle = pickleOf("tensors.pth");
    for (int length = 0; length < pickle.length; length += 7) {
      Path cut = archive(Arrays.copyOf(pickle, length), new byte[0]);
      assertThatThrownBy(() -> PickledTensors.open(cut))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("not a usable file of tensors");
    }
    Path noArchive = Files.write(folder.resolve("plain.pth"), pickle);
    assertThatThrownBy(() -> PickledTensors.open(noArchive))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is no archive");
    assertThatThrownBy(() -> PickledTensors.open(folder.resolve("gone.pth")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No file");

    try (PickledTensors shortOfNumbers = PickledTensors.open(archive(pickle, new byte[23]));
        PointerScope scope = new PointerScope()) {
      TensorSource counting = shortOfNumbers.source("counting.weight"); // 24 bytes
      assertThatThrownBy(() -> counting.numbers().get())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("its part data/0 is damaged");
      TensorSource other = shortOfNumbers.source("bfloat16");
      assertThatThrownBy(() -> other.numbers().get())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("its part data/1 is missing");
    }
  }

  @Test
  void aTensorBeyondItsNumbersIsRefused() throws IOException {
    byte[] pickle = pickleOf("tensors.pth");
    int key = new String(pickle, StandardCharsets.ISO_8859_1).indexOf("cpu");
    int count = key;
    while (!(pickle[count] == 'K' && pickle[count + 1] == 6)) { // the storage of counting.weight
      count++;
    }
    pickle[count + 1] = 5;
    Path file = archive(pickle, new byte[24]);
    assertThatThrownBy(() -> PickledTensors.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a tensor of it reaches beyond its numbers");
  }
}
