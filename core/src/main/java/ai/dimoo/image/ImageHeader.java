package ai.dimoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.IIOException;

/// What a file says of its picture before any pixel is decoded.
///
/// @param size as stored, not yet turned
/// @param orientation how to turn it
/// @param frames of an animation; 1: it is a still picture
record ImageHeader(Size size, Orientation orientation, int frames) {

  /// @throws IIOException if the file ends early or is malformed
  static ImageHeader of(ImageFormat format, byte[] file) throws IIOException {
    return switch (format) {
      case PNG -> png(file);
      case JPEG -> jpeg(file);
      case WEBP -> webp(file);
    };
  }

  private static ImageHeader png(byte[] file) throws IIOException {
    List<PngChunk> chunks = PngChunk.allOf(file);
    PngChunk first = chunks.getFirst();
    if (!first.type().equals("IHDR") || first.length() != 13) {
      throw new IIOException("it does not begin with its header");
    }
    ByteBuffer header = ByteBuffer.wrap(file);
    Orientation orientation = Orientation.UPRIGHT;
    int frames = 1;
    for (PngChunk chunk : chunks) {
      if (chunk.type().equals("eXIf")) {
        orientation = Orientation.ofExif(file, chunk.offset(), chunk.length());
      } else if (chunk.type().equals("acTL") && chunk.length() >= 4) {
        frames = Math.max(1, header.getInt(chunk.offset()));
      }
    }
    return new ImageHeader(
        size(header.getInt(first.offset()), header.getInt(first.offset() + 4)),
        orientation,
        frames);
  }

  private static ImageHeader jpeg(byte[] file) throws IIOException {
    Orientation orientation = Orientation.UPRIGHT;
    for (JpegSegment segment : JpegSegment.beforeScan(file)) {
      if (segment.isExif(file)) {
        orientation = Orientation.ofExif(file, segment.offset(), segment.length());
      }
      if (segment.isFrame() && segment.length() >= 6) {
        ByteBuffer frame = ByteBuffer.wrap(file, segment.offset(), segment.length()).slice();
        Size size = size(frame.getShort(3) & 0xffff, frame.getShort(1) & 0xffff);
        return new ImageHeader(size, orientation, 1);
      }
    }
    throw new IIOException("it has no frame header");
  }

  private static ImageHeader webp(byte[] file) throws IIOException {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 30 || (buffer.getInt(4) & 0xffffffffL) + 8 > file.length) {
      throw new IIOException("the file ends early");
    }
    Size size =
        switch (new String(file, 12, 4, StandardCharsets.ISO_8859_1)) {
          case "VP8 " -> size(buffer.getShort(26) & 0x3fff, buffer.getShort(28) & 0x3fff);
          case "VP8L" -> {
            int bits = buffer.getInt(21); // after the signature byte: 14 bits each, less one
            yield size((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
          }
          case "VP8X" -> // 24 bits each, less one
              size((buffer.getInt(24) & 0xffffff) + 1, (buffer.getInt(26) >>> 8 & 0xffffff) + 1);
          default -> throw new IIOException("it does not begin with its header");
        };
    return new ImageHeader(size, webpOrientation(file), Math.max(1, WebpFrame.count(file)));
  }

  private static Orientation webpOrientation(byte[] file) {
    for (RiffChunk chunk : RiffChunk.allOf(file)) {
      if (chunk.type().equals("EXIF")) {
        return Orientation.ofExif(file, chunk.offset(), chunk.length());
      }
    }
    return Orientation.UPRIGHT;
  }

  private static Size size(int width, int height) throws IIOException {
    if (width < 1 || height < 1) {
      throw new IIOException("its header gives the size " + width + "x" + height);
    }
    return new Size(width, height);
  }
}
