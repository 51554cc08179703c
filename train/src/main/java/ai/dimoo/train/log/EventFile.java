package ai.dimoo.train.log;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/// A file of numbers and pictures that TensorBoard shows: TFRecord frames of `Event` messages
/// (tensorflow/core/util/event.proto and framework/summary.proto). Each start of a run makes a file
/// of its own; TensorBoard joins them.
///
/// Not thread-safe. Close it when the run ends.
public final class EventFile implements AutoCloseable {

  // field numbers of Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  // of Summary, Summary.Value and Summary.Image
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int IMAGE_HEIGHT = 1;
  private static final int IMAGE_WIDTH = 2;
  private static final int IMAGE_COLORSPACE = 3;
  private static final int IMAGE_ENCODED = 4;
  private static final int RGB = 3;

  private final FileChannel channel;

  /// Begins a new file in a folder, which is made if it does not exist.
  ///
  /// @throws EnvironmentException if it cannot be made
  public EventFile(Path folder) {
    Instant now = Instant.now();
    Path file = folder.resolve("events.out.tfevents." + now.toEpochMilli() + ".dimoo");
    try {
      Files.createDirectories(folder);
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot write " + file + ": " + FileFaults.reason(e) + ".", e);
    }
    write(event(0).bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
  }

  /// Records numbers of a step.
  public void scalars(long step, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach((tag, value) ->
        summary.bytes(
            VALUE,
            new Message().text(TAG, tag).float32(SIMPLE_VALUE, value.floatValue()).encoded()));
    write(event(step).bytes(SUMMARY, summary.encoded()));
  }

  /// Records a picture of a step.
  ///
  /// @param png the picture as a PNG file
  public void picture(long step, String tag, int width, int height, byte[] png) {
    Message image =
        new Message()
            .integer(IMAGE_HEIGHT, height)
            .integer(IMAGE_WIDTH, width)
            .integer(IMAGE_COLORSPACE, RGB)
            .bytes(IMAGE_ENCODED, png);
    Message value = new Message().text(TAG, tag).bytes(IMAGE, image.encoded());
    Message summary = new Message().bytes(VALUE, value.encoded());
    write(event(step).bytes(SUMMARY, summary.encoded()));
  }

  private static Message event(long step) {
    double seconds = Instant.now().toEpochMilli() / 1e3;
    Message event = new Message().float64(WALL_TIME, seconds);
    return step == 0 ? event : event.integer(STEP, step); // 0 is what an absent field means
  }

  /// A frame: length, checksum of the length, data, checksum of the data.
  private void write(Message event) {
    byte[] data = event.encoded();
    ByteBuffer frame = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(data.length);
    frame.putInt(maskedCrc(frame.array(), 8));
    frame.put(data).putInt(maskedCrc(data, data.length)).flip();
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write the training log: " + FileFaults.reason(e) + ".", e);
    }
  }

  /// CRC-32C, rotated and shifted so that a checksum of data that holds checksums stays sound
  /// (TFRecord).
  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot close the training log: " + FileFaults.reason(e) + ".", e);
    }
  }

  /// A protocol buffer message under construction.
  private static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    Message integer(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
      return this;
    }

    Message float64(int field, double value) {
      varint((long) field << 3 | FIXED64);
      return fixed(Double.doubleToLongBits(value), 8);
    }

    Message float32(int field, float value) {
      varint((long) field << 3 | FIXED32);
      return fixed(Float.floatToIntBits(value), 4);
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | LENGTH);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] encoded() {
      return out.toByteArray();
    }

    private Message fixed(long bits, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (bits >>> 8 * i));
      }
      return this;
    }

    private void varint(long value) {
      while ((value & ~0x7fL) != 0) {
        out.write((int) (value & 0x7f | 0x80));
        value >>>= 7;
      }
      out.write((int) value);
    }
  }
}
