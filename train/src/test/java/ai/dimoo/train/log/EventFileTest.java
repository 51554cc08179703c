package ai.dimoo.train.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  @TempDir Path folder;

  @Test
  void aPlaceThatCannotBeWrittenIsNamedOnceWithTheReason() throws IOException {
    Path occupied = Files.writeString(folder.resolve("events"), "a file in place of the folder");

    for (Path place : List.of(occupied, occupied.resolve("run"))) {
      assertThatThrownBy(() -> new EventFile(place).close())
          .isInstanceOf(EnvironmentException.class)
          .hasMessageMatching("Cannot write \\Q" + place + "\\E\\S+\\.dimoo: [^/]+\\.");
    }
  }

  /// TensorFlow's own files begin with an event of 24 bytes: time and version. Length and checksum
  /// of the length are copied from one.
  private static final byte[] BEGINNING = {
    24, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22, 9
  };

  @Test
  void aFileBeginsAsTensorFlowsDo() throws IOException {
    byte[] bytes = written(file -> {});
    assertThat(Arrays.copyOf(bytes, BEGINNING.length)).containsExactly(BEGINNING);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("brain.Event:2");
  }

  @Test
  void everyFrameHasItsLengthAndChecksums() throws IOException {
    byte[] bytes =
        written(file -> {
          file.scalars(3, Map.of("loss", 0.5));
          file.picture(4, "sheet", 2, 1, new byte[] {1, 2, 3});
        });
    ByteBuffer left = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int frames = 0;
    while (left.hasRemaining()) {
      int at = left.position();
      int length = (int) left.getLong();
      assertThat(left.getInt()).isEqualTo(masked(bytes, at, 8));
      left.position(at + 12 + length);
      assertThat(left.getInt()).isEqualTo(masked(bytes, at + 12, length));
      frames++;
    }
    assertThat(frames).isEqualTo(3);
  }

  @Test
  void aNumberAndAPictureAreMessagesOfTheirFields() throws IOException {
    byte[] bytes =
        written(file -> {
          file.scalars(300, Map.of("loss", 0.5));
          file.picture(4, "s", 2, 1, new byte[] {9, 8});
        });
    HexFormat hex = HexFormat.of();
    String all = hex.formatHex(bytes);
    // step (2) 300; summary (5) of value (1): tag (1) "loss", simple_value (2) 0.5f
    assertThat(all).contains("10ac02" + "2a0d" + "0a0b" + "0a046c6f7373" + "150000003f");
    // step 4; value: tag "s", image (4): height 1, width 2, colour space 3, the file's bytes
    assertThat(all)
        .contains(
            "1004" + "2a11" + "0a0f" + "0a0173" + "220a" + "0801" + "1002" + "1803" + "22020908");
  }

  private byte[] written(Consumer<EventFile> writing) throws IOException {
    Path events = folder.resolve("events-" + System.nanoTime());
    try (EventFile file = new EventFile(events)) {
      writing.accept(file);
    }
    try (Stream<Path> files = Files.list(events)) {
      return Files.readAllBytes(files.findFirst().orElseThrow());
    }
  }

  private static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    long value = crc.getValue();
    return (int) ((value >>> 15 | value << 17) + 0xa282ead8L);
  }
}
