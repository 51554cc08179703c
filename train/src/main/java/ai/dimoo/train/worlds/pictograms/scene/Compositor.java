package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Glyphs;
import ai.dimoo.train.worlds.pictograms.things.People;
import ai.dimoo.train.worlds.pictograms.things.Sprite;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Paints scenes. The same scene always gives the same bytes: sums of whole numbers only. Safe for
/// use by several threads; keeps every look that it drew but words, of which there are too many: at
/// most some 100 MB.
public final class Compositor {

  private static final Map<Background, byte[]> BACKGROUNDS = backgrounds();
  private static final byte[] GREY = grey();

  private record Look(Subject subject, ItemSize size) {}

  private final @Nullable Sprites sprites;
  private final Map<Look, Sprite> looks = new ConcurrentHashMap<>();

  /// @param sprites the things' drawings; null: only shapes, words and people of our own are
  ///   painted
  public Compositor(@Nullable Sprites sprites) {
    this.sprites = sprites;
  }

  /// The scene in pixels.
  public Picture render(Scene scene) {
    return compose(scene).picture();
  }

  /// The scene in pixels, and which item each pixel belongs to.
  public Composition compose(Scene scene) {
    byte[] rgb = BACKGROUNDS.get(scene.background()).clone();
    byte[] owners = new byte[Scene.SIDE * Scene.SIDE];
    for (int i = 0; i < scene.items().size(); i++) {
      Item item = scene.items().get(i);
      int left = item.column() * Scene.TOKEN;
      int top = item.row() * Scene.TOKEN;
      Sprite sprite = sprite(item.subject(), item.size());
      sprite.drawOn(rgb, Scene.SIDE, Scene.SIDE, left, top);
      own(owners, sprite, left, top, (byte) (i + 1));
    }
    return new Composition(scene, Picture.of(Scene.SIDE, Scene.SIDE, rgb), owners);
  }

  /// The scene in pixels, its items apart from the background.
  public Layered layered(Scene scene) {
    byte[] seen = BACKGROUNDS.get(scene.background()).clone();
    byte[] things = GREY.clone();
    byte[] coverage = new byte[Scene.SIDE * Scene.SIDE];
    for (Item item : scene.items()) {
      int left = item.column() * Scene.TOKEN;
      int top = item.row() * Scene.TOKEN;
      Sprite sprite = sprite(item.subject(), item.size());
      sprite.drawOn(seen, Scene.SIDE, Scene.SIDE, left, top);
      sprite.drawOn(things, Scene.SIDE, Scene.SIDE, left, top);
      cover(coverage, sprite, left, top);
    }
    return new Layered(
        Picture.of(Scene.SIDE, Scene.SIDE, seen),
        Picture.of(Scene.SIDE, Scene.SIDE, things),
        coverage);
  }

  /// The scene to train on: the items' boxes are its foreground.
  public TrainingPicture trainingPicture(Scene scene) {
    return new TrainingPicture(layered(scene), compose(scene).boxes());
  }

  private static void cover(byte[] coverage, Sprite sprite, int left, int top) {
    for (int y = 0; y < sprite.height(); y++) {
      for (int x = 0; x < sprite.width(); x++) {
        int at = (top + y) * Scene.SIDE + left + x;
        int bare = 255 - (coverage[at] & 0xff);
        coverage[at] = (byte) (255 - (bare * (255 - sprite.alpha(x, y)) + 127) / 255);
      }
    }
  }

  /// What stands in an item's box, alone.
  public Sprite sprite(Subject subject, ItemSize size) {
    Look look = new Look(subject, size);
    return subject instanceof Word ? draw(look) : looks.computeIfAbsent(look, this::draw);
  }

  private Sprite draw(Look look) {
    return switch (look.subject()) {
      case Pictogram p -> {
        Sprite drawn = drawings().of(p.thing(), p.artist(), look.size().pixels());
        Sprite dyed = p.tint() == null ? drawn : p.tint().tint(drawn);
        yield p.rendering().of(dyed);
      }
      case Simple simple -> simple.shape().in(simple.colour(), look.size().pixels());
      case Word word -> letters(word);
      case Figure figure -> People.of(figure.pose(), figure.shirt(), look.size().pixels());
    };
  }

  private Sprites drawings() {
    if (sprites == null) {
      throw new IllegalStateException("this compositor has no drawings of things");
    }
    return sprites;
  }

  private static Sprite letters(Word word) {
    int width = word.letters().length() * Glyphs.WIDTH;
    int[] argb = new int[width * Glyphs.HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      int x = i % width;
      Sprite glyph = Glyphs.of(word.letters().charAt(x / Glyphs.WIDTH), word.colour());
      argb[i] = glyph.argb(x % Glyphs.WIDTH, i / width);
    }
    return Sprite.of(width, Glyphs.HEIGHT, argb);
  }

  private static void own(byte[] owners, Sprite sprite, int left, int top, byte owner) {
    for (int y = 0; y < sprite.height(); y++) {
      for (int x = 0; x < sprite.width(); x++) {
        if (sprite.alpha(x, y) > 127) {
          owners[(top + y) * Scene.SIDE + left + x] = owner;
        }
      }
    }
  }

  private static byte[] grey() {
    return Picture.filled(new ai.dimoo.image.Size(Scene.SIDE, Scene.SIDE), Layered.GREY).toBytes();
  }

  private static Map<Background, byte[]> backgrounds() {
    Map<Background, byte[]> painted = new EnumMap<>(Background.class);
    for (Background background : Background.values()) {
      byte[] rgb = new byte[3 * Scene.SIDE * Scene.SIDE];
      for (int i = 0; i < Scene.SIDE * Scene.SIDE; i++) {
        int colour = background.rgb(i % Scene.SIDE, i / Scene.SIDE);
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
      painted.put(background, rgb);
    }
    return painted;
  }
}
