package ai.dimoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedMemoryTest {

  private static final int TENSORS = 32;
  private static final long TENSOR_BYTES = 16L << 20;
  private static final long MODEL_BYTES = TENSORS * TENSOR_BYTES; // 512 MiB
  private static final long MIB = 1L << 20;

  @TempDir Path folder;

  @BeforeEach
  void writeSparseModel() throws IOException {
    TorchRuntime.load();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < TENSORS; i++) {
      entries.add(
          "\"t%d\":{\"dtype\":\"BF16\",\"shape\":[2048,4096],\"data_offsets\":[%d,%d]}"
              .formatted(i, i * TENSOR_BYTES, (i + 1) * TENSOR_BYTES));
    }
    byte[] json = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer header = ByteBuffer.allocate(8 + (json.length + 7) / 8 * 8);
    header.order(ByteOrder.LITTLE_ENDIAN).putLong(header.capacity() - 8).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    header.flip();
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("model.safetensors"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      long headerBytes = header.remaining();
      channel.write(header);
      channel.write(ByteBuffer.allocate(1), headerBytes + MODEL_BYTES - 1);
    }
  }

  @Test
  void aModelOfHalfAGibibyteTakesNoHeapAndOnlyThePagesThatAreUsed() throws IOException {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/status")),
        "resident memory is read from Linux's /proc");
    try (WeightFiles weights = WeightFiles.open(folder, "model");
        PointerScope scope = new PointerScope()) {
      long heapBefore = heapAfterCollection();
      long fileBefore = resident("RssFile:");
      long anonymousBefore = resident("RssAnon:");

      List<Tensor> tensors = new ArrayList<>();
      weights.names().forEach(name -> tensors.add(weights.tensor(name, 2048, 4096)));

      assertThat(resident("RssFile:") - fileBefore).as("after loading").isLessThan(64 * MIB);
      tensors.subList(0, TENSORS / 4).forEach(t -> assertThat(t.sum().item_float()).isZero());
      assertThat(resident("RssFile:") - fileBefore)
          .as("after using a quarter of the model")
          .isBetween(MODEL_BYTES / 4 - 16 * MIB, MODEL_BYTES / 4 + 64 * MIB);
      tensors.forEach(t -> assertThat(t.sum().item_float()).isZero());
      assertThat(resident("RssFile:") - fileBefore)
          .as("after using all of it")
          .isLessThan(MODEL_BYTES + 64 * MIB);
      assertThat(resident("RssAnon:") - anonymousBefore).as("copies").isLessThan(128 * MIB);
      assertThat(heapAfterCollection() - heapBefore).as("heap").isLessThan(16 * MIB);
    }
    assertThat(mappings())
        .as("after closing")
        .noneMatch(line -> line.contains("model.safetensors"));
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// Resident bytes of this process: RssFile counts pages of mapped files, RssAnon everything else.
  private static long resident(String kind) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(kind))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> mappings() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps"));
  }
}
