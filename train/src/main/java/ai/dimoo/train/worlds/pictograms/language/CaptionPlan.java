package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a caption says about a scene, in no language yet. Everything that it says is true, and it
/// names everything in the scene.
///
/// @param order the scene's items in the order in which they are told
/// @param relation of the first item to the second of two; null: not said
/// @param zone where the only item lies; null: not said
/// @param artist who drew everything; null: not said
/// @param background null: not said
record CaptionPlan(
    List<Item> order,
    Detail detail,
    @Nullable Relation relation,
    @Nullable Zone zone,
    @Nullable Artist artist,
    @Nullable Background background) {

  private static final double SHUFFLED_SHARE = 0.12;
  private static final double RELATION_SHARE = 0.8;
  private static final double IN_FRONT_SHARE = 0.95;
  private static final double ZONE_SHARE = 0.2;
  private static final double ARTIST_SHARE = 0.12;
  private static final double WHITE_SHARE = 0.25;
  private static final double BACKGROUND_SHARE = 0.5;

  /// One of the many plans for a scene, mostly in reading order.
  static CaptionPlan draw(Scene scene, RandomGenerator random) {
    List<Item> order = new ArrayList<>(scene.inReadingOrder());
    if (random.nextDouble() < SHUFFLED_SHARE) {
      Collections.shuffle(order, Random.from(random));
    }
    if (covered(order) && random.nextBoolean()) {
      Collections.reverse(order);
    }
    Relation relation = clear(scene, order);
    double share =
        relation == Relation.IN_FRONT_OF || relation == Relation.BEHIND
            ? IN_FRONT_SHARE
            : RELATION_SHARE;
    boolean alone = order.size() == 1;
    Background background = scene.background();
    return new CaptionPlan(
        order,
        new Detail(true, random.nextDouble() < 0.85, random.nextDouble() < (alone ? 0.15 : 0.04)),
        random.nextDouble() < share ? relation : null,
        alone && Zone.clear(order.getFirst()) && random.nextDouble() < ZONE_SHARE
            ? Zone.of(order.getFirst())
            : null,
        random.nextDouble() < ARTIST_SHARE ? artist(scene) : null,
        random.nextDouble() < (background == Background.WHITE ? WHITE_SHARE : BACKGROUND_SHARE)
            ? background
            : null);
  }

  /// A plan that says all that can be said: places, sizes, artists and backgrounds too, so that the
  /// caption leaves little of the picture open.
  static CaptionPlan thorough(Scene scene, RandomGenerator random) {
    List<Item> order = new ArrayList<>(scene.inReadingOrder());
    boolean alone = order.size() == 1;
    return new CaptionPlan(
        order,
        new Detail(true, true, true),
        clear(scene, order),
        alone && Zone.clear(order.getFirst()) ? Zone.of(order.getFirst()) : null,
        artist(scene),
        random.nextBoolean() ? scene.background() : null);
  }

  /// A plan for the only item of a scene, of which no more is seen than its box: all that can be
  /// said but where it lies.
  static CaptionPlan portrait(Scene scene, RandomGenerator random) {
    CaptionPlan plan = thorough(scene, random);
    return new CaptionPlan(plan.order, plan.detail, null, null, plan.artist, plan.background);
  }

  /// Whether a description fits into an answer, 15 tokens of the shipped tokenizer: not of two
  /// people nor of four different things, in Chinese of three.
  static boolean describable(Scene scene, Language language) {
    List<Item> items = scene.items();
    boolean people = items.stream().anyMatch(item -> item.subject() instanceof Figure);
    int most = people ? 1 : language == Language.CHINESE ? 2 : 3;
    return !items.isEmpty() && (items.size() <= most || equal(items));
  }

  /// The one plan of a description: reading order, the relation where one is clear, and the
  /// background, which longer ones leave out to fit into an answer.
  static CaptionPlan description(Scene scene) {
    List<Item> order = scene.inReadingOrder();
    boolean brief =
        equal(order) || order.size() == 2 && order.stream().allMatch(CaptionPlan::brief);
    return new CaptionPlan(
        order, Detail.USUAL, clear(scene, order), null, null, brief ? scene.background() : null);
  }

  /// Whether nothing is said of it but its name and a colour.
  private static boolean brief(Item item) {
    return item.subject() instanceof Pictogram p && p.rendering() == Rendering.PLAIN
        || item.subject() instanceof Simple;
  }

  /// The same without relation and background.
  CaptionPlan withoutPlaces() {
    return new CaptionPlan(order, detail, null, null, null, null);
  }

  /// The relation of the first of two different items to the second that can be said without doubt.
  private static @Nullable Relation clear(Scene scene, List<Item> order) {
    if (order.size() != 2 || equal(order)) {
      return null;
    }
    int a = scene.items().indexOf(order.getFirst());
    int b = scene.items().indexOf(order.getLast());
    return Arrays.stream(Relation.values())
        .filter(relation -> relation.clear(scene.items(), a, b))
        .findFirst()
        .orElse(null);
  }

  /// Who drew all things of a scene; null if nobody did, or several.
  static @Nullable Artist artist(Scene scene) {
    List<Artist> artists = new ArrayList<>();
    for (Item item : scene.items()) {
      if (!(item.subject() instanceof Pictogram p)) {
        return null;
      }
      artists.add(p.artist());
    }
    return artists.stream().distinct().count() == 1 ? artists.getFirst() : null;
  }

  /// Whether one of two hides a part of the other: either may be told first, as nothing tells which
  /// people look at first.
  private static boolean covered(List<Item> order) {
    return order.size() == 2 && order.getFirst().overlaps(order.getLast());
  }

  private static boolean equal(List<Item> items) {
    return items.stream().map(Item::subject).distinct().count() == 1;
  }

  /// Whether it tells of several equal items.
  boolean counts() {
    return order.size() > 1 && equal(order);
  }

  /// What a picture has to show.
  Requirement requirement() {
    List<Part> parts = new ArrayList<>();
    if (counts()) {
      parts.add(Part.exactly(order.size(), look(order.getFirst())));
    } else {
      order.forEach(item -> parts.add(Part.one(look(item))));
    }
    if (relation != null) {
      parts.set(0, parts.getFirst().at(new Place.Near(relation, look(order.getLast()))));
    } else if (zone != null) {
      parts.set(0, parts.getFirst().at(new Place.In(zone)));
    }
    return Requirement.of(parts).before(background);
  }

  private Look look(Item item) {
    Subject subject = item.subject();
    Look look = Look.named(subject);
    if (subject instanceof Pictogram p) {
      look = look.in(p.tint()).by(artist);
      look = p.rendering() == Rendering.PLAIN ? look : look.as(p.rendering());
    } else if (detail.colour()) {
      look = look.in(subject.colour());
    }
    return detail.size() && !(subject instanceof Word) && !(subject instanceof Figure)
        ? look.sized(item.size())
        : look;
  }
}
