package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An endless supply of changes. Both scenes of a change are of one split, and what is not changed
/// stays where it was. Immutable.
public final class Changes {

  private static final List<SceneKind> SEVERAL =
      List.of(SceneKind.PAIR, SceneKind.RELATION, SceneKind.GROUP);

  private final SceneOptions options;
  private final Map<SceneKind, SceneGenerator> scenes;

  /// @param options of both scenes; the kinds of scene are chosen by the kind of change
  public Changes(SceneOptions options) {
    this.options = options;
    Map<SceneKind, SceneGenerator> generators = new EnumMap<>(SceneKind.class);
    for (SceneKind kind : SceneKind.values()) {
      generators.put(kind, new SceneGenerator(options.only(kind), 0));
    }
    scenes = generators;
  }

  /// A change of a kind.
  public Change draw(Change.Kind kind, RandomGenerator random) {
    while (true) {
      Change change = attempt(kind, random);
      if (change != null && HeldOut.of(change.after()) == options.split()) {
        return change;
      }
    }
  }

  private @Nullable Change attempt(Change.Kind kind, RandomGenerator random) {
    return switch (kind) {
      case ADD -> add(of(random, SceneKind.SINGLE, SceneKind.SINGLE, SceneKind.PAIR), random);
      case REMOVE -> remove(several(random, 0.1), random);
      case REPLACE -> replace(several(random, 0.35), random);
      case BACKGROUND -> background(several(random, 0.5), random);
      case TEXT -> text(of(random, SceneKind.WORD), random);
      case COLOUR -> colour(colourful(random), random);
      case SIZE -> size(of(random, SceneKind.SINGLE, SceneKind.PAIR, SceneKind.GROUP), random);
      case MOVE -> move(of(random, SceneKind.SINGLE, SceneKind.PAIR, SceneKind.GROUP), random);
      case COUNT -> count(of(random, SceneKind.COUNT, SceneKind.SINGLE), random);
      case RENDERING -> rendering(of(random, SceneKind.SINGLE, SceneKind.RENDERED), random);
    };
  }

  private Scene of(RandomGenerator random, SceneKind... kinds) {
    return scenes.get(kinds[random.nextInt(kinds.length)]).draw(random);
  }

  /// Mostly a scene with several things, in this share of the cases one with a single thing.
  private Scene several(RandomGenerator random, double single) {
    return random.nextDouble() < single
        ? of(random, SceneKind.SINGLE)
        : scenes.get(pick(SEVERAL, random)).draw(random);
  }

  private Scene colourful(RandomGenerator random) {
    return of(
        random,
        SceneKind.COLOURED,
        SceneKind.COLOURED,
        SceneKind.SINGLE,
        SceneKind.PAIR,
        SceneKind.WORD,
        SceneKind.FIGURE);
  }

  /// Something right beside, above or below an item in line with it, or in a corner of the picture;
  /// the thing is by the same artist and of the same size.
  private @Nullable Change add(Scene before, RandomGenerator random) {
    Item anchor = pick(before.items(), random);
    if (!(anchor.subject() instanceof Pictogram p)) {
      return null;
    }
    Thing thing = pick(options.things(), random);
    Subject subject = Pictogram.plain(thing, p.artist());
    int step = anchor.size().tokens();
    Item fresh =
        switch (random.nextInt(5)) {
          case 0 -> placed(subject, anchor, anchor.column() - step, anchor.row());
          case 1 -> placed(subject, anchor, anchor.column() + step, anchor.row());
          case 2 -> placed(subject, anchor, anchor.column(), anchor.row() - step);
          case 3 -> placed(subject, anchor, anchor.column(), anchor.row() + step);
          default ->
              placed(
                  subject,
                  anchor,
                  random.nextBoolean() ? 0 : Scene.TOKENS - step,
                  random.nextBoolean() ? 0 : Scene.TOKENS - step);
        };
    return fresh == null || !free(fresh, before.items()) || alike(before, thing)
        ? null
        : new Change(Change.Kind.ADD, before, before.plus(fresh), null, fresh);
  }

  private static @Nullable Item placed(Subject subject, Item anchor, int column, int row) {
    int last = Scene.TOKENS - anchor.size().tokens();
    return column < 0 || row < 0 || column > last || row > last
        ? null
        : new Item(subject, column, row, anchor.size());
  }

  private static boolean free(Item item, List<Item> others) {
    return others.stream().noneMatch(item::overlaps);
  }

  /// Whether the scene shows something that could be called by the thing's name.
  private static boolean alike(Scene scene, Thing thing) {
    return scene.items().stream()
        .anyMatch(
            item -> item.subject() instanceof Pictogram p && Kinship.confusable(p.thing(), thing));
  }

  private static Change remove(Scene before, RandomGenerator random) {
    Item old = pick(before.items(), random);
    return new Change(Change.Kind.REMOVE, before, before.without(old), old, null);
  }

  private @Nullable Change replace(Scene before, RandomGenerator random) {
    Item old = pick(before.items(), random);
    Thing thing = pick(options.things(), random);
    return old.subject() instanceof Pictogram p && !alike(before, thing)
        ? replacing(Change.Kind.REPLACE, before, old, Pictogram.plain(thing, p.artist()))
        : null;
  }

  private static Change replacing(Change.Kind kind, Scene before, Item old, Subject subject) {
    Item fresh = old.with(subject);
    return new Change(kind, before, before.replacing(old, fresh), old, fresh);
  }

  private static @Nullable Change background(Scene before, RandomGenerator random) {
    Background other = pick(Backdrops.suiting(before.items()), random);
    return other == before.background()
        ? null
        : new Change(Change.Kind.BACKGROUND, before, before.with(other), null, null);
  }

  private static @Nullable Change text(Scene before, RandomGenerator random) {
    for (Item old : before.items()) {
      if (old.subject() instanceof Word word) {
        String letters = Words.draw(random);
        return letters.length() != word.letters().length() || letters.equals(word.letters())
            ? null
            : replacing(Change.Kind.TEXT, before, old, new Word(letters, word.colour()));
      }
    }
    return null;
  }

  private static @Nullable Change colour(Scene before, RandomGenerator random) {
    Item old = pick(before.items(), random);
    Colour colour = pick(Colour.basic(), random);
    Subject subject =
        switch (old.subject()) {
          case Pictogram p ->
              p.thing().rendered() && p.rendering() == Rendering.PLAIN ? p.tinted(colour) : null;
          case Simple simple -> new Simple(simple.shape(), colour);
          case Word word -> new Word(word.letters(), pick(Words.COLOURS, random));
          // Of two people, "the person" would leave open which.
          case Figure figure ->
              before.items().size() == 1
                  ? new Figure(figure.pose(), pick(SceneGenerator.SHIRTS, random))
                  : null;
        };
    if (subject == null || subject.equals(old.subject()) || sharedColour(before, old, subject)) {
      return null;
    }
    Change change = replacing(Change.Kind.COLOUR, before, old, subject);
    return Backdrops.suits(before.background(), change.after().items()) ? change : null;
  }

  private static boolean sharedColour(Scene scene, Item old, Subject subject) {
    return scene.items().stream()
        .anyMatch(item -> item != old && item.subject().colour() == subject.colour());
  }

  /// Larger or smaller: a small thing lies in the box of the large one, nearest to the same side.
  private static @Nullable Change size(Scene before, RandomGenerator random) {
    Item old = pick(before.items(), random);
    Item fresh =
        old.size() == ItemSize.LARGE
            ? new Item(old.subject(), shrunk(old.column()), shrunk(old.row()), ItemSize.SMALL)
            : new Item(old.subject(), grown(old.column()), grown(old.row()), ItemSize.LARGE);
    return moved(Change.Kind.SIZE, before, old, fresh);
  }

  private static int shrunk(int start) {
    return start == 4 ? 6 : start;
  }

  private static int grown(int start) {
    return start == 0 ? 0 : start == 6 ? 4 : 2;
  }

  private static @Nullable Change move(Scene before, RandomGenerator random) {
    Item old = pick(before.items(), random);
    Item fresh = pick(Placement.everywhere(old), random);
    return Zone.of(fresh) != Zone.of(old) && Zone.clear(fresh)
        ? moved(Change.Kind.MOVE, before, old, fresh)
        : null;
  }

  private static @Nullable Change moved(Change.Kind kind, Scene before, Item old, Item fresh) {
    return free(fresh, before.without(old).items())
        ? new Change(kind, before, before.replacing(old, fresh), old, fresh)
        : null;
  }

  /// One to four small ones: more come at free places, fewer lose the last in reading order.
  private static @Nullable Change count(Scene before, RandomGenerator random) {
    int count = 1 + random.nextInt(Scene.MOST_ITEMS);
    List<Item> items = new ArrayList<>(before.inReadingOrder());
    boolean small = items.stream().allMatch(item -> item.size() == ItemSize.SMALL);
    if (!small || count == items.size()) {
      return null;
    }
    Item one = items.getFirst();
    while (items.size() > count) {
      items.removeLast();
    }
    while (items.size() < count) {
      items.add(pick(Placement.free(one, items), random));
    }
    return new Change(Change.Kind.COUNT, before, before.with(items), one, one);
  }

  private static @Nullable Change rendering(Scene before, RandomGenerator random) {
    Item old = before.items().getFirst();
    Rendering rendering = pick(List.of(Rendering.values()), random);
    if (before.items().size() > 1
        || !(old.subject() instanceof Pictogram p)
        || !p.thing().rendered()
        || p.rendering() == rendering) {
      return null;
    }
    Change change = replacing(Change.Kind.RENDERING, before, old, p.as(rendering));
    return Backdrops.suits(before.background(), change.after().items()) ? change : null;
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
