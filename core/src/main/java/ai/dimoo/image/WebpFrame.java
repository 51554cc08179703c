package ai.dimoo.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/// The first frame of an animated WebP file (RFC 9649, section 2.7.1), as a file of its own, since
/// the decoder takes still pictures only.
///
/// @param canvas the size of the animation
/// @param box where the frame lies on it; all else is clear
/// @param still the frame as a WebP file
record WebpFrame(Size canvas, Box box, byte[] still) {

  private static final String FRAME = "ANMF";
  private static final int HEAD = 16; // place, size, duration, flags
  private static final byte HAS_ALPHA = 0x10;

  /// How many frames a file has; 0: it is a still picture.
  static int count(byte[] file) {
    return (int) RiffChunk.allOf(file).stream().filter(chunk -> isFrame(chunk)).count();
  }

  private static boolean isFrame(RiffChunk chunk) {
    return chunk.type().equals(FRAME);
  }

  /// The first frame; null if the file is a still picture.
  ///
  /// @throws IIOException if the frame is malformed
  static @Nullable WebpFrame first(byte[] file) throws IIOException {
    for (RiffChunk chunk : RiffChunk.allOf(file)) {
      if (isFrame(chunk)) {
        return of(file, chunk);
      }
    }
    return null;
  }

  private static WebpFrame of(byte[] file, RiffChunk frame) throws IIOException {
    if (frame.length() < HEAD) {
      throw new IIOException("its first frame has no header");
    }
    Size canvas = ImageHeader.of(ImageFormat.WEBP, file).size();
    int at = frame.offset();
    long x = 2L * number(file, at);
    long y = 2L * number(file, at + 3);
    Size size = new Size(number(file, at + 6) + 1, number(file, at + 9) + 1);
    if (x + size.width() > canvas.width() || y + size.height() > canvas.height()) {
      throw new IIOException("its first frame reaches beyond it");
    }
    byte[] still = still(file, RiffChunk.within(file, at + HEAD, at + frame.length()), size);
    // told before anything is decoded: what the frame claims is all that it may unpack to
    if (!ImageHeader.of(ImageFormat.WEBP, still).size().equals(size)) {
      throw new IIOException("its first frame is not as large as it says");
    }
    Box box = new Box((int) x, (int) y, size.width(), size.height());
    return new WebpFrame(canvas, box, still);
  }

  /// Three bytes, the lowest first.
  private static int number(byte[] file, int at) {
    return file[at] & 0xff | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
  }

  private static byte[] still(byte[] file, List<RiffChunk> parts, Size size) throws IIOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (RiffChunk part : parts) {
      switch (part.type()) {
        case "ALPH" -> {
          chunks.writeBytes(extended(size));
          put(chunks, file, part);
        }
        case "VP8 ", "VP8L" -> {
          put(chunks, file, part);
          return whole(chunks.toByteArray());
        }
        default -> {
          // nothing that the picture needs
        }
      }
    }
    throw new IIOException("its first frame holds no picture");
  }

  /// The header of a file whose opacity lies beside its colours.
  private static byte[] extended(Size size) {
    ByteBuffer chunk = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("VP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(HAS_ALPHA);
    for (int side : new int[] {size.width() - 1, size.height() - 1}) {
      chunk.put((byte) side).put((byte) (side >> 8)).put((byte) (side >> 16));
    }
    return chunk.array();
  }

  private static void put(ByteArrayOutputStream chunks, byte[] file, RiffChunk part) {
    chunks.write(file, part.offset() - RiffChunk.HEAD, RiffChunk.HEAD + part.length());
    if (part.length() % 2 == 1) {
      chunks.write(0);
    }
  }

  private static byte[] whole(byte[] chunks) {
    ByteBuffer file = ByteBuffer.allocate(12 + chunks.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + chunks.length);
    return file.put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).put(chunks).array();
  }
}
