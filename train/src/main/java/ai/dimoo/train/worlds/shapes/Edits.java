package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.shapes.Phrases.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An endless stream of edits. Both pictures of an edit lie on the chosen side of [HeldOut], and
/// what an instruction does not mention stays where it was. Element `i` is a pure function of the
/// options, the seed and `i`.
///
/// Not thread-safe because of [#next()]; [#at(long)] may be called from any thread.
public final class Edits {

  /// The most objects of a scene; the words know numbers up to it.
  private static final int MOST_ITEMS = 5;

  private final SceneOptions options;
  private final SceneGenerator scenes;
  private final long seed;
  private long index;

  /// Begins a stream.
  ///
  /// @param seed another seed gives other edits
  public Edits(SceneOptions options, long seed) {
    this.options = options;
    this.scenes = new SceneGenerator(options, seed);
    this.seed = seed;
  }

  /// The next edit of the stream, beginning with element 0.
  public Edit next() {
    return at(index++);
  }

  /// Element `index` of the stream; [#next()] is not affected.
  public Edit at(long index) {
    return sample(IndexedRandom.at(~seed, index));
  }

  /// An edit from the caller's random numbers.
  public Edit sample(RandomGenerator random) {
    Edit.Task task = Phrases.pick(List.of(Edit.Task.values()), random);
    while (true) {
      Scene before = scenes.draw(random);
      Optional<Edit> edit =
          switch (task) {
            case ADD -> add(before, random);
            case REMOVE -> remove(before, random);
            case REPLACE -> replace(before, random);
            case BACKGROUND -> background(before, random);
          };
      if (edit.isPresent() && options.allows(edit.get().after())) {
        return edit.get();
      }
    }
  }

  private Optional<Edit> add(Scene before, RandomGenerator random) {
    Item anchor = Phrases.pick(before.items(), random);
    Relation relation = Phrases.pick(List.of(Relation.values()), random);
    Item item =
        new Item(
            Phrases.pick(List.of(Shape.values()), random),
            Phrases.pick(List.of(Colour.values()), random),
            Phrases.pick(List.of(Size.SMALL, Size.LARGE), random),
            random.nextInt(before.columns() - 2),
            random.nextInt(before.rows() - 2));
    boolean room =
        before.items().size() < MOST_ITEMS
            && before.items().stream().noneMatch(o -> o.box().near(item.box(), Scene.CELL))
            && relation.clear(item.box(), anchor.box());
    if (!room || !unique(before, anchor)) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>(before.items());
    items.add(item);
    String instruction =
        verb(random, "Add ", "Put ", "Place ")
            + Phrases.some(item, Detail.SIZE_AND_COLOUR)
            + " "
            + Phrases.words(relation, random)
            + " "
            + Phrases.the(anchor, detail(before, anchor))
            + ".";
    return Optional.of(new Edit(before, before.withItems(items), instruction, Edit.Task.ADD));
  }

  private static Optional<Edit> remove(Scene before, RandomGenerator random) {
    Item item = Phrases.pick(before.items(), random);
    if (before.items().size() < 2 || !unique(before, item)) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>(before.items());
    items.remove(item);
    String instruction =
        verb(random, "Remove ", "Delete ", "Erase ")
            + Phrases.the(item, detail(before, item))
            + ".";
    return Optional.of(new Edit(before, before.withItems(items), instruction, Edit.Task.REMOVE));
  }

  private static Optional<Edit> replace(Scene before, RandomGenerator random) {
    Item old = Phrases.pick(before.items(), random);
    boolean recolour = random.nextBoolean();
    Shape shape = recolour ? old.shape() : Phrases.pick(List.of(Shape.values()), random);
    Colour colour = recolour ? Phrases.pick(List.of(Colour.values()), random) : old.colour();
    Item item = new Item(shape, colour, old.size(), old.column(), old.row());
    if (item.equals(old) || !unique(before, old)) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>(before.items());
    items.set(items.indexOf(old), item);
    String the = Phrases.the(old, detail(before, old));
    String instruction =
        recolour
            ? verb(random, "Make ", "Paint ", "Turn ") + the + " " + colour.word() + "."
            : "Replace " + the + " with " + Phrases.some(item, Detail.COLOUR) + ".";
    return Optional.of(new Edit(before, before.withItems(items), instruction, Edit.Task.REPLACE));
  }

  private static Optional<Edit> background(Scene before, RandomGenerator random) {
    Background background =
        Phrases.pick(random.nextDouble() < 0.7 ? Background.PLAIN : Background.TEXTURED, random);
    if (background.equals(before.background())) {
      return Optional.empty();
    }
    // "Make the background grey" would leave open whether a pattern stays.
    String words = (background.texture() == Texture.PLAIN ? "plain " : "") + background.words();
    String instruction =
        verb(random, "Change the background to a ", "Replace the background with a ", "Use a ")
            + words
            + ".";
    return Optional.of(
        new Edit(before, before.withBackground(background), instruction, Edit.Task.BACKGROUND));
  }

  /// Whether colour and shape name one object of the scene.
  private static boolean unique(Scene scene, Item item) {
    return scene.of(item.colour(), item.shape()).size() == 1;
  }

  /// The shortest description that names one object.
  private static Detail detail(Scene scene, Item item) {
    return scene.of(item.shape()).size() == 1 ? Detail.SHAPE : Detail.COLOUR;
  }

  private static String verb(RandomGenerator random, String... verbs) {
    return Phrases.pick(List.of(verbs), random);
  }
}
