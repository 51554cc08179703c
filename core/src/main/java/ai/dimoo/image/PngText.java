package ai.dimoo.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import javax.imageio.IIOException;

/// Reads the texts inside PNG files: the chunks tEXt, zTXt and iTXt (PNG specification, 11.3.3).
final class PngText {

  /// What the packed texts of a file may grow to together when unpacked: four megabytes. A file of
  /// two megabytes could hold two gigabytes of them.
  private static final int MOST_UNPACKED = 4 << 20;

  private PngText() {}

  /// Texts by keyword in the order of the file; of equal keywords the last.
  ///
  /// @throws IOException if the file or a text in it is malformed
  static Map<String, String> of(byte[] file) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    Room room = new Room();
    for (PngChunk chunk : PngChunk.allOf(file)) {
      Cursor data = new Cursor(file, chunk.offset(), chunk.offset() + chunk.length());
      switch (chunk.type()) {
        case "tEXt" -> texts.put(data.string(), data.rest(StandardCharsets.ISO_8859_1));
        case "zTXt" -> {
          String keyword = data.string();
          data.next(); // the only method is deflate
          texts.put(keyword, data.unpacked(StandardCharsets.ISO_8859_1, room));
        }
        case "iTXt" -> international(data, texts, room);
        default -> {}
      }
    }
    return texts;
  }

  private static void international(Cursor data, Map<String, String> texts, Room room)
      throws IOException {
    String keyword = data.string();
    boolean packed = data.next() != 0;
    data.next(); // the only method is deflate
    data.string(); // language
    data.string(); // the keyword in that language
    texts.put(
        keyword,
        packed ? data.unpacked(StandardCharsets.UTF_8, room) : data.rest(StandardCharsets.UTF_8));
  }

  /// What is left of a file's room for unpacked texts.
  private static final class Room {
    private int left = MOST_UNPACKED;

    void take(int bytes) throws IIOException {
      if (bytes > left) {
        throw new IIOException(
            "the packed texts in it are longer than " + MOST_UNPACKED + " bytes together");
      }
      left -= bytes;
    }
  }

  private static final class Cursor {
    private final byte[] file;
    private int at;
    private final int end;

    Cursor(byte[] file, int at, int end) {
      this.file = file;
      this.at = at;
      this.end = end;
    }

    /// Up to the next zero byte.
    String string() throws IIOException {
      for (int i = at; i < end; i++) {
        if (file[i] == 0) {
          String text = new String(file, at, i - at, StandardCharsets.ISO_8859_1);
          at = i + 1;
          return text;
        }
      }
      throw new IIOException("a text in it is malformed");
    }

    /// The next byte.
    int next() throws IIOException {
      if (at >= end) {
        throw new IIOException("a text in it is malformed");
      }

      return file[at++];
    }

    String rest(Charset charset) {
      return new String(file, at, end - at, charset);
    }

    String unpacked(Charset charset, Room room) throws IOException {
      try (InflaterInputStream in =
          new InflaterInputStream(new ByteArrayInputStream(file, at, end - at))) {
        byte[] text = in.readNBytes(room.left + 1);
        room.take(text.length);
        return new String(text, charset);
      }
    }
  }
}
