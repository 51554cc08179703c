package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// Sprites that were drawn before, so that a run starts at once. The file lies beside the icons and
/// goes when they are fetched again; its name depends on their versions, on what it holds and on
/// how that is drawn. It holds the sprites' pixels and nothing else.
final class SpriteFile {

  /// Counts changes of [SvgDrawing], and of jsvg, that change pixels.
  private static final int DRAWING = 1;

  private static final int PIXELS = Sprites.LARGE * Sprites.LARGE + Sprites.SMALL * Sprites.SMALL;

  private final Path file;
  private final int count;

  private SpriteFile(Path file, int count) {
    this.file = file;
    this.count = count;
  }

  /// The file for these icons.
  ///
  /// @param names what tells them apart, in their order
  static SpriteFile of(List<String> names) {
    CRC32 sum = new CRC32();
    sum.update(DRAWING);
    sum.update(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    try {
      sum.update(Files.readAllBytes(IconFolder.fetched()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = "sprites-%08x.bin".formatted(sum.getValue());
    return new SpriteFile(IconFolder.path().resolve(name), names.size());
  }

  /// What the file holds; if it is not there, what is drawn instead and then kept in it.
  List<SpriteSizes> sizes(Supplier<List<SpriteSizes>> draw) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 4L * PIXELS * count) {
        return read(ByteBuffer.wrap(bytes).asIntBuffer());
      }
    } catch (IOException e) {
      // not there yet
    }
    List<SpriteSizes> drawn = draw.get();
    try {
      AtomicFile.replace(file, AtomicFile.of(bytes(drawn)));
    } catch (IOException e) {
      // a folder that cannot be written: drawn again next time
    }
    return drawn;
  }

  private List<SpriteSizes> read(IntBuffer pixels) {
    List<SpriteSizes> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(new SpriteSizes(sprite(pixels, Sprites.LARGE), sprite(pixels, Sprites.SMALL)));
    }
    return sizes;
  }

  private static Sprite sprite(IntBuffer pixels, int side) {
    int[] argb = new int[side * side];
    pixels.get(argb);
    return new Sprite(side, side, argb);
  }

  private static byte[] bytes(List<SpriteSizes> sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * PIXELS * sizes.size());
    IntBuffer pixels = bytes.asIntBuffer();
    for (SpriteSizes each : sizes) {
      pixels.put(each.large().toArray()).put(each.small().toArray());
    }
    return bytes.array();
  }
}
