package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Kinship;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Group;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What can be asked about one scene so that exactly one answer is right.
final class Facts {

  /// How often what is not there is of the same group as something that is.
  private static final double ALIKE_SHARE = 0.5;

  private final Scene scene;
  private final List<Item> items;
  private final Language language;
  private final RandomGenerator random;

  /// @param language in which they will be asked
  /// @param random draws what is not there
  Facts(Scene scene, Language language, RandomGenerator random) {
    this.language = language;
    this.scene = scene;
    this.items = scene.items();
    this.random = random;
  }

  /// The facts of a kind; empty if the scene has none. Of what can hold or not hold, half hold.
  List<Fact> of(Question.Kind kind) {
    return switch (kind) {
      case WHAT -> contents();
      case COUNT -> counts();
      case COLOUR -> colours();
      case BACKGROUND -> List.of(new Fact.BackgroundOf(scene.background()));
      case WHERE -> zones();
      case SIZE -> sizes();
      case PRESENCE -> presence();
      case NEIGHBOUR -> neighbours();
      case RELATION -> relations();
      case FRONT -> inFront();
      case ARTIST -> artists();
      case RENDERING -> renderings();
      case READ -> words();
      case DESCRIBE ->
          CaptionPlan.describable(scene, language)
              ? List.of(new Fact.Description(scene))
              : List.of();
      case SAME, CHANGE -> List.of();
    };
  }

  private List<Fact> contents() {
    boolean equal = items.stream().map(Item::subject).distinct().count() == 1;
    boolean person = items.stream().anyMatch(item -> item.subject() instanceof Figure);
    return items.size() == 1 || items.size() == 2 && !person || equal
        ? List.of(new Fact.Contents(scene))
        : List.of();
  }

  private List<Fact> counts() {
    List<Fact> facts = new ArrayList<>();
    for (Item item : items) {
      if (!(item.subject() instanceof Word)) {
        facts.add(new Fact.Count(item, same(item).size()));
      }
    }
    boolean things = items.stream().noneMatch(item -> item.subject() instanceof Word);
    if (items.size() > 1 && things) {
      facts.add(new Fact.CountAll(items.size()));
    }
    if (random.nextInt(6) == 0) {
      facts.add(new Fact.Count(absent(), 0));
    }
    return facts;
  }

  private List<Fact> colours() {
    List<Fact> facts = new ArrayList<>();
    for (Item item : items) {
      Colour colour = item.subject().colour();
      if (colour != null && oneLook(item)) {
        facts.add(new Fact.ColourOf(item, same(item).size() > 1, colour));
      }
    }
    return facts;
  }

  private List<Fact> zones() {
    return items.stream()
        .filter(item -> unique(item) && Zone.clear(item))
        .<Fact>map(item -> new Fact.ZoneOf(item, Zone.of(item)))
        .toList();
  }

  private List<Fact> sizes() {
    return items.stream()
        .filter(item -> unique(item) && !(item.subject() instanceof Word))
        .<Fact>map(Fact.SizeOf::new)
        .toList();
  }

  private List<Fact> presence() {
    if (items.isEmpty() || random.nextBoolean()) {
      return List.of(new Fact.Presence(absent(), false));
    }
    Item item = pick(items);
    return item.subject() instanceof Word ? List.of() : List.of(new Fact.Presence(item, true));
  }

  /// What stands alone in a direction of a thing, even if diagonally.
  private List<Fact> neighbours() {
    List<Fact> facts = new ArrayList<>();
    for (int b = 0; b < items.size(); b++) {
      if (!unique(items.get(b))) {
        continue;
      }
      for (Relation relation : Relation.values()) {
        List<Integer> there = new ArrayList<>();
        for (int a = 0; a < items.size(); a++) {
          if (a != b && relation.holds(items, a, b)) {
            there.add(a);
          }
        }
        if (there.size() == 1 && relation.clear(items, there.getFirst(), b)) {
          facts.add(new Fact.Neighbour(items.get(b), relation, items.get(there.getFirst())));
        }
      }
      if (items.size() == 2 && unique(items.get(1 - b))) {
        facts.add(new Fact.NextTo(items.get(b), items.get(1 - b)));
      }
    }
    return facts;
  }

  private List<Fact> relations() {
    List<Fact> facts = new ArrayList<>();
    boolean holds = random.nextBoolean();
    for (int a = 0; a < items.size(); a++) {
      for (int b = 0; b < items.size(); b++) {
        if (a == b || !unique(items.get(a)) || !unique(items.get(b))) {
          continue;
        }
        for (Relation relation : Relation.values()) {
          if (relation.clear(items, a, b)) {
            Relation asked = holds ? relation : wrong(relation);
            facts.add(new Fact.Related(items.get(a), asked, items.get(b), holds));
          }
        }
      }
    }
    return facts;
  }

  /// Mostly the opposite; else another direction, which does not hold where one is clear.
  private Relation wrong(Relation relation) {
    if (!Relation.DIRECTIONS.contains(relation) || random.nextDouble() < 0.6) {
      return relation.inverse();
    }
    return switch (relation) {
      case LEFT_OF, RIGHT_OF -> random.nextBoolean() ? Relation.ABOVE : Relation.BELOW;
      default -> random.nextBoolean() ? Relation.LEFT_OF : Relation.RIGHT_OF;
    };
  }

  private List<Fact> inFront() {
    List<Fact> facts = new ArrayList<>();
    for (int a = 0; a < items.size(); a++) {
      for (int b = 0; b < items.size(); b++) {
        if (a != b && items.get(a).overlaps(items.get(b))) {
          Item front = items.get(Math.max(a, b));
          facts.add(new Fact.InFront(items.get(a), items.get(b), front));
        }
      }
    }
    return facts;
  }

  private List<Fact> artists() {
    List<Fact> facts = new ArrayList<>();
    for (Item item : items) {
      if (item.subject() instanceof Pictogram p && drawn(p) && oneLook(item)) {
        Artist artist = p.artist();
        facts.add(new Fact.ArtistOf(item, same(item).size() > 1, artist));
      }
    }
    return facts;
  }

  /// Whether the artist can be seen for sure.
  private static boolean drawn(Pictogram p) {
    return p.rendering() == Rendering.PLAIN && p.tint() == null;
  }

  private List<Fact> renderings() {
    List<Fact> facts = new ArrayList<>();
    for (Item item : items) {
      if (item.subject() instanceof Pictogram p
          && p.rendering() != Rendering.PLAIN
          && oneLook(item)) {
        facts.add(new Fact.RenderingOf(item, same(item).size() > 1, p.rendering()));
      }
    }
    return facts;
  }

  private List<Fact> words() {
    List<Fact> facts = new ArrayList<>();
    for (Item item : items) {
      if (item.subject() instanceof Word word) {
        facts.add(new Fact.Reading(word));
      }
    }
    return facts.size() == 1 ? facts : List.of();
  }

  /// The items that have the same name, whatever their looks.
  private List<Item> same(Item item) {
    return items.stream().filter(other -> oneName(item.subject(), other.subject())).toList();
  }

  private static boolean oneName(Subject a, Subject b) {
    return switch (a) {
      case Pictogram p -> b instanceof Pictogram q && p.thing().equals(q.thing());
      case Simple s -> b instanceof Simple t && s.shape() == t.shape();
      case Word word -> b instanceof Word;
      case Figure figure -> b instanceof Figure || isPerson(b);
    };
  }

  /// Whether people would call it a person, too.
  private static boolean isPerson(Subject subject) {
    return subject instanceof Pictogram p && p.thing().key().equals("person");
  }

  /// Whether its name names no other item.
  private boolean unique(Item item) {
    return same(item).size() == 1;
  }

  /// Whether all items of its name look alike.
  private boolean oneLook(Item item) {
    return same(item).stream().allMatch(other -> other.subject().equals(item.subject()));
  }

  /// Something that the scene does not show, often of the group of something that it shows.
  private Item absent() {
    List<Thing> things = Things.load().taught();
    List<Thing> there =
        items.stream()
            .filter(item -> item.subject() instanceof Pictogram)
            .map(item -> ((Pictogram) item.subject()).thing())
            .toList();
    boolean alike = !there.isEmpty() && random.nextDouble() < ALIKE_SHARE;
    for (int attempt = 0; ; attempt++) {
      Thing thing = things.get(random.nextInt(things.size()));
      boolean fits = !alike || attempt > 200 || thing.group() == there.getFirst().group();
      if (fits && !confusable(thing)) {
        return new Item(Pictogram.plain(thing, Artist.NOTO), 0, 0, ItemSize.LARGE);
      }
    }
  }

  /// Whether something in the scene could pass for the thing: a person of our own drawing for any
  /// person, a duck for a bird.
  private boolean confusable(Thing thing) {
    return items.stream()
        .anyMatch(item ->
            item.subject() instanceof Figure && thing.group() == Group.PERSON
                || item.subject() instanceof Pictogram p && Kinship.confusable(p.thing(), thing));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
