package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Pose;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// An endless supply of scenes. Element `i` is a pure function of the options, the seed and `i`.
/// Immutable.
public final class SceneGenerator {

  private static final List<Rendering> RENDERINGS =
      Arrays.stream(Rendering.values()).filter(rendering -> rendering != Rendering.PLAIN).toList();

  private static final List<Artist> ARTISTS = List.of(Artist.values());

  /// Few, since each has tiles of its own.
  static final List<Colour> SHIRTS = List.of(Colour.RED, Colour.BLUE, Colour.GREEN);

  private final SceneOptions options;
  private final List<Thing> core;
  private final List<Thing> rendered;
  private final long seed;

  /// @param seed any number; 0 is a seed like any other
  public SceneGenerator(SceneOptions options, long seed) {
    this.options = options;
    this.seed = seed;
    List<Thing> chosen = options.things().stream().filter(Thing::core).toList();
    core = chosen.size() < Scene.MOST_ITEMS ? options.things() : chosen;
    rendered = options.things().stream().filter(Thing::rendered).toList();
  }

  /// Element `index` of the stream.
  public Scene at(long index) {
    return draw(IndexedRandom.at(seed, index));
  }

  /// A scene from the caller's random numbers.
  public Scene draw(RandomGenerator random) {
    // The kind is drawn once, so that rejections do not shift the weights.
    SceneKind kind = kind(random);
    while (true) {
      Scene scene = attempt(kind, random);
      if (HeldOut.of(scene) == options.split()) {
        return scene;
      }
    }
  }

  private SceneKind kind(RandomGenerator random) {
    double sum = options.weights().values().stream().mapToDouble(Double::doubleValue).sum();
    double left = random.nextDouble() * sum;
    SceneKind last = SceneKind.SINGLE;
    for (SceneKind kind : SceneKind.values()) {
      double weight = options.weights().getOrDefault(kind, 0.0);
      if (weight > 0) {
        last = kind;
        left -= weight;
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  private Scene attempt(SceneKind kind, RandomGenerator random) {
    while (true) {
      List<Item> items =
          switch (kind) {
            case SINGLE -> Placement.apart(List.of(single(random)), random);
            case PAIR -> Placement.apart(pair(random), random);
            case RELATION -> inLine(random);
            case FRONT -> overlapping(random);
            case COUNT -> Placement.apart(equal(random), random);
            case GROUP -> Placement.apart(group(random), random);
            case COLOURED -> coloured(random);
            case RENDERED -> rendered(random);
            case WORD -> word(random);
            case FIGURE -> figures(random);
          };
      if (!items.isEmpty()) {
        return new Scene(Backdrops.behind(items, random), items);
      }
    }
  }

  private Item single(RandomGenerator random) {
    ItemSize size = random.nextDouble() < 0.8 ? ItemSize.LARGE : ItemSize.SMALL;
    return look(Pictogram.plain(pick(options.things(), random), pick(ARTISTS, random)), size);
  }

  private List<Item> pair(RandomGenerator random) {
    List<Subject> two = different(2, random);
    double share = random.nextDouble();
    ItemSize first = share < 0.8 ? ItemSize.LARGE : ItemSize.SMALL;
    ItemSize second = share < 0.7 ? ItemSize.LARGE : ItemSize.SMALL;
    return List.of(look(two.getFirst(), first), look(two.getLast(), second));
  }

  private List<Item> inLine(RandomGenerator random) {
    List<Subject> two = different(2, random);
    ItemSize size = random.nextDouble() < 0.75 ? ItemSize.LARGE : ItemSize.SMALL;
    return Placement.inLine(look(two.getFirst(), size), look(two.getLast(), size), random);
  }

  private List<Item> overlapping(RandomGenerator random) {
    List<Subject> two = different(2, random);
    ItemSize size = random.nextDouble() < 0.75 ? ItemSize.LARGE : ItemSize.SMALL;
    return Placement.overlapping(
        look(two.getFirst(), ItemSize.LARGE), look(two.getLast(), size), random);
  }

  private List<Item> equal(RandomGenerator random) {
    int count = 2 + random.nextInt(Scene.MOST_ITEMS - 1);
    ItemSize size = count == 2 && random.nextDouble() < 0.6 ? ItemSize.LARGE : ItemSize.SMALL;
    Subject subject =
        random.nextDouble() < 0.1
            ? simple(random)
            : Pictogram.plain(oneOfSeveral(random), pick(ARTISTS, random));
    return Collections.nCopies(count, look(subject, size));
  }

  private List<Item> group(RandomGenerator random) {
    int count = random.nextDouble() < 0.7 ? 3 : 4;
    return different(count, random).stream().map(subject -> look(subject, ItemSize.SMALL)).toList();
  }

  /// One or two things or shapes in colours; of two, no two of a kind or of a colour.
  private List<Item> coloured(RandomGenerator random) {
    boolean alone = random.nextDouble() < 0.5;
    ItemSize size = random.nextDouble() < 0.8 ? ItemSize.LARGE : ItemSize.SMALL;
    Artist artist = pick(ARTISTS, random);
    Subject one = colourful(artist, random);
    if (alone) {
      return Placement.apart(List.of(look(one, size)), random);
    }
    Subject other = colourful(artist, random);
    if (confusable(one, other) || one.colour() == other.colour()) {
      return List.of();
    }
    return random.nextBoolean()
        ? Placement.apart(List.of(look(one, size), look(other, size)), random)
        : Placement.inLine(look(one, size), look(other, size), random);
  }

  private static boolean confusable(Subject one, Subject other) {
    return one instanceof Pictogram p && other instanceof Pictogram q
        ? Kinship.confusable(p.thing(), q.thing())
        : HeldOut.key(one).equals(HeldOut.key(other));
  }

  private Subject colourful(Artist artist, RandomGenerator random) {
    return random.nextDouble() < 0.35
        ? simple(random)
        : Pictogram.plain(pick(rendered, random), artist).tinted(pick(Colour.basic(), random));
  }

  private static Simple simple(RandomGenerator random) {
    return new Simple(pick(List.of(SimpleShape.values()), random), pick(Colour.basic(), random));
  }

  private List<Item> rendered(RandomGenerator random) {
    Rendering rendering = pick(RENDERINGS, random);
    Artist artist = pick(ARTISTS, random);
    Thing one = pick(rendered, random);
    Thing other = pick(rendered, random);
    ItemSize size = random.nextDouble() < 0.8 ? ItemSize.LARGE : ItemSize.SMALL;
    Item first = look(Pictogram.plain(one, artist).as(rendering), size);
    return Kinship.confusable(one, other) || random.nextDouble() < 0.6
        ? Placement.apart(List.of(first), random)
        : Placement.apart(
            List.of(first, look(Pictogram.plain(other, artist).as(rendering), size)), random);
  }

  private List<Item> word(RandomGenerator random) {
    Item word = look(new Word(Words.draw(random), pick(Words.COLOURS, random)), ItemSize.SMALL);
    if (random.nextDouble() < 0.6) {
      return Placement.apart(List.of(word), random);
    }
    Subject beside = Pictogram.plain(oneOfSeveral(random), pick(ARTISTS, random));
    return Placement.apart(List.of(look(beside, ItemSize.LARGE), word), random);
  }

  private static List<Item> figures(RandomGenerator random) {
    Item one = look(figure(random), ItemSize.LARGE);
    Item other = look(figure(random), ItemSize.LARGE);
    boolean alone = random.nextDouble() < 0.6 || one.subject().equals(other.subject());
    return alone ? Placement.apart(List.of(one), random) : Placement.inLine(one, other, random);
  }

  private static Figure figure(RandomGenerator random) {
    return new Figure(pick(List.of(Pose.values()), random), pick(SHIRTS, random));
  }

  /// Different things, mostly by one artist.
  private List<Subject> different(int count, RandomGenerator random) {
    boolean mixed = random.nextDouble() < options.mixedShare();
    Artist artist = pick(ARTISTS, random);
    List<Thing> things = new ArrayList<>();
    List<Subject> subjects = new ArrayList<>();
    while (things.size() < count) {
      Thing thing = oneOfSeveral(random);
      if (things.stream().noneMatch(other -> Kinship.confusable(other, thing))) {
        things.add(thing);
        subjects.add(Pictogram.plain(thing, mixed ? pick(ARTISTS, random) : artist));
      }
    }
    return subjects;
  }

  private Thing oneOfSeveral(RandomGenerator random) {
    return pick(random.nextDouble() < options.coreShare() ? core : options.things(), random);
  }

  /// Something whose place is still to be chosen.
  private static Item look(Subject subject, ItemSize size) {
    return new Item(subject, 0, 0, size);
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
