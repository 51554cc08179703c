package ai.dimoo.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Encodes pictures as PNG with texts inside (PNG specification, third edition). Own code, because
/// ImageIO's writer needs the whole of AWT started, which takes longer than the encoding.
final class PngWriter {

  private static final int FILTERS = 5; // none, left, above, average, Paeth

  private PngWriter() {}

  /// @param texts by keyword, 1 to 79 characters of Latin-1 without spaces at the ends or in a row
  static byte[] encode(Picture picture, Map<String, String> texts) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(PngChunk.SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(picture.width()).putInt(picture.height());
    header
        .put((byte) 8)
        .put((byte) 2); // 8 bits a sample, RGB; then deflate, adaptive, no interlace
    chunk(file, "IHDR", header.array());
    texts.forEach((keyword, text) -> chunk(file, "iTXt", internationalText(keyword, text)));
    chunk(file, "IDAT", deflate(filter(picture)));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] typed = new byte[4 + data.length];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, typed, 0, 4);
    System.arraycopy(data, 0, typed, 4, data.length);
    CRC32 sum = new CRC32();
    sum.update(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] internationalText(String keyword, String text) {
    if (!keyword.matches("[!-~\\xa1-\\xff]+( [!-~\\xa1-\\xff]+)*") || keyword.length() > 79) {
      throw new IllegalArgumentException("'" + keyword + "' cannot be a keyword in a PNG file");
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(new byte[] {0, 0, 0, 0, 0}); // end, plain, method, no language, no translation
    data.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return data.toByteArray();
  }

  private static byte[] deflate(byte[] rows) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(rows);
      deflater.finish();
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return packed.toByteArray();
  }

  /// Each row behind the number of its filter: the one whose differences are smallest in sum, as
  /// the specification advises (12.7).
  private static byte[] filter(Picture picture) {
    int stride = 3 * picture.width();
    byte[] rows = new byte[Math.multiplyExact(stride + 1, picture.height())];
    byte[] tried = new byte[stride];
    for (int y = 0; y < picture.height(); y++) {
      long least = Long.MAX_VALUE;
      for (int filter = 0; filter < FILTERS; filter++) {
        long sum = filterRow(picture, y, filter, tried);
        if (sum < least) {
          least = sum;
          rows[y * (stride + 1)] = (byte) filter;
          System.arraycopy(tried, 0, rows, y * (stride + 1) + 1, stride);
        }
      }
    }
    return rows;
  }

  private static long filterRow(Picture picture, int y, int filter, byte[] to) {
    byte[] rgb = picture.bytes();
    int stride = to.length;
    int row = y * stride;
    long sum = 0;
    for (int x = 0; x < stride; x++) {
      int left = x < 3 ? 0 : rgb[row + x - 3] & 0xff;
      int above = y == 0 ? 0 : rgb[row + x - stride] & 0xff;
      int corner = x < 3 || y == 0 ? 0 : rgb[row + x - stride - 3] & 0xff;
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            default -> paeth(left, above, corner);
          };
      to[x] = (byte) (rgb[row + x] - predicted);
      sum += Math.abs(to[x]);
    }
    return sum;
  }

  private static int paeth(int left, int above, int corner) {
    int estimate = left + above - corner;
    int toLeft = Math.abs(estimate - left);
    int toAbove = Math.abs(estimate - above);
    int toCorner = Math.abs(estimate - corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
