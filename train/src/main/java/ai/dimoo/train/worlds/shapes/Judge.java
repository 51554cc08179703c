package ai.dimoo.train.worlds.shapes;

import ai.dimoo.image.Picture;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Looks at pixels alone and says which objects a picture shows. It knows the world's palette,
/// backgrounds and silhouettes, and nothing of the scene, the lattice or the caption. Bears the
/// blur and the noise of a VQ reconstruction. Stateless.
public final class Judge {

  /// Fits worse than this are no object of the world.
  private static final double LEAST_CONFIDENCE = 0.6;

  /// Every object is as wide as it is high; what is flatter than this is the rim of something else.
  private static final double LEAST_ASPECT = 0.6;

  /// Fewer pixels than this are a speck: the smallest object, a small triangle, has 98.
  private static final int LEAST_AREA = 40;

  /// Fewer pixels than this inside a region give no opinion on its colour.
  private static final int LEAST_CORE = 10;

  /// A region that fits a shape at least this well is taken as one object.
  private static final double GOOD_FIT = 0.85;

  /// How much of a pixel must be covered for it to belong to an object.
  private static final double COVERED = 0.5;

  private final Picture picture;
  private final Backdrop backdrop;

  private Judge(Picture picture) {
    this.picture = picture;
    this.backdrop = Backdrop.of(picture);
  }

  /// The objects in a picture, from the top down and from the left.
  public static List<Found> objects(Picture picture) {
    return new Judge(picture).objects();
  }

  /// The background of a picture.
  public static Background background(Picture picture) {
    return new Judge(picture).background();
  }

  private List<Found> objects() {
    List<Found> found = new ArrayList<>();
    for (Region component : foreground().parts()) {
      if (component.area() >= LEAST_AREA) {
        byColour(component).forEach((colour, region) -> addObjects(region, colour, found));
      }
    }
    found.sort(
        Comparator.comparingInt((Found f) -> f.box().top()).thenComparing(f -> f.box().left()));
    return found;
  }

  /// The pixels that some palette colour covers more than the background does.
  private Region foreground() {
    BitSet pixels = new BitSet();
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      int x = i % picture.width();
      int y = i / picture.width();
      if (backdrop.share(x, y, backdrop.nearest(x, y)) >= COVERED) {
        pixels.set(i);
      }
    }
    return region(pixels);
  }

  /// Divides connected pixels by colour. The rim of a red object on white looks pink, so only
  /// pixels away from the rim have a say in which colours there are.
  private Map<Colour, Region> byColour(Region component) {
    Map<Colour, BitSet> cores = new EnumMap<>(Colour.class);
    for (int pixel : component.eroded().indices()) {
      Colour colour = backdrop.nearest(pixel % picture.width(), pixel / picture.width());
      cores.computeIfAbsent(colour, c -> new BitSet()).set(pixel);
    }
    int most = cores.values().stream().mapToInt(BitSet::cardinality).max().orElse(0);
    // A small triangle has a fifth of the pixels of a large square: 98 to 484.
    cores.values().removeIf(core -> core.cardinality() < Math.max(LEAST_CORE, most / 12));
    List<Colour> colours = List.copyOf(cores.keySet());
    List<Region> parts = component.grown(cores.values().stream().map(this::region).toList());
    Map<Colour, Region> regions = new EnumMap<>(Colour.class);
    for (int i = 0; i < parts.size(); i++) {
      regions.put(colours.get(i), parts.get(i));
    }
    return regions;
  }

  /// Adds the objects that a region of one colour consists of.
  private void addObjects(Region region, Colour colour, List<Found> found) {
    BitSet covered = new BitSet();
    for (int pixel : region.indices()) {
      if (backdrop.share(pixel % picture.width(), pixel / picture.width(), colour) >= COVERED) {
        covered.set(pixel);
      }
    }
    for (Region part : region(covered).parts()) {
      if (part.area() >= LEAST_AREA) {
        for (SilhouetteFit fit : separated(part, colour)) {
          addObject(fit, colour, found);
        }
      }
    }
  }

  private void addObject(SilhouetteFit fit, Colour colour, List<Found> found) {
    double longer = Math.max(fit.box().width(), fit.box().height());
    double shorter = Math.min(fit.box().width(), fit.box().height());
    if (fit.score() < LEAST_CONFIDENCE || shorter < LEAST_ASPECT * longer) {
      return;
    }
    int inset = Renderer.INSET;
    Box box =
        new Box(
            fit.box().left() - inset,
            fit.box().top() - inset,
            fit.box().right() + inset,
            fit.box().bottom() + inset);
    found.add(new Found(fit.shape(), colour, size(box), box, fit.score()));
  }

  /// One region, or the objects that touch in it, whichever fits the world's shapes better.
  private List<SilhouetteFit> separated(Region region, Colour colour) {
    SilhouetteFit whole = fit(region, colour);
    Region core = region;
    // Two erosions cut any bridge between objects that blur can build.
    for (int depth = 0; depth < 2 && whole.score() < GOOD_FIT; depth++) {
      core = core.eroded();
      List<Region> seeds = core.parts().stream().filter(part -> part.area() >= LEAST_CORE).toList();
      if (seeds.size() > 1) {
        List<SilhouetteFit> parts =
            region.grown(seeds).stream()
                .filter(part -> part.area() >= LEAST_AREA)
                .map(part -> fit(part, colour))
                .toList();
        double mean = parts.stream().mapToDouble(SilhouetteFit::score).average().orElse(0);
        if (parts.size() > 1 && mean > whole.score()) {
          return parts;
        }
      }
    }
    return List.of(whole);
  }

  private SilhouetteFit fit(Region region, Colour colour) {
    return SilhouetteFit.of(region, colour, backdrop, picture.width(), picture.height());
  }

  private static Size size(Box box) {
    double side = (box.width() + box.height()) / 2.0;
    Size best = Size.SMALL;
    for (Size size : Size.values()) {
      if (Math.abs(size.cells() * Scene.CELL - side) < Math.abs(best.cells() * Scene.CELL - side)) {
        best = size;
      }
    }
    return best;
  }

  /// The texture whose pattern the background's pixels are nearest to.
  private Background background() {
    double[] error = new double[Texture.values().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (isBackground(x, y)) {
          double shade = backdrop.shade(x, y);
          for (Texture texture : Texture.values()) {
            double expected = texture.shaded(x, y) ? 1 : 0;
            error[texture.ordinal()] += (shade - expected) * (shade - expected);
          }
        }
      }
    }
    Texture best = Texture.PLAIN;
    for (Texture texture : Texture.values()) {
      if (error[texture.ordinal()] < error[best.ordinal()]) {
        best = texture;
      }
    }
    return new Background(backdrop.tone(), best);
  }

  private boolean isBackground(int x, int y) {
    return backdrop.share(x, y, backdrop.nearest(x, y)) < 0.25;
  }

  private Region region(BitSet pixels) {
    return new Region(picture.width(), picture.height(), pixels);
  }
}
