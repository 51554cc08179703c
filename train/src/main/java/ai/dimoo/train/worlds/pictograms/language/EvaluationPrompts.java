package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompt.Category;
import ai.dimoo.train.worlds.pictograms.scene.Backdrops;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Kinship;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The prompts that scores are counted with: GenEval's six categories in the world of pictograms,
/// [#EACH] prompts each about combinations of one split alone; all that there are where a split has
/// fewer. Always the same prompts in the same order.
public final class EvaluationPrompts {

  /// The most prompts in a category.
  public static final int EACH = 100;

  private static final English ENGLISH = new English(WordChoice.USUAL);

  private final Split split;
  private final List<Thing> things;

  private EvaluationPrompts(Split split, List<Thing> things) {
    this.split = split;
    this.things = things;
  }

  /// The prompts of each category, in the order of GenEval's table.
  ///
  /// @param split held out: for scores; for training, the same sentences about combinations that
  ///   training shows, to tell drawing from composing
  /// @param things of which the prompts speak
  public static Map<Category, List<EvaluationPrompt>> of(Split split, List<Thing> things) {
    EvaluationPrompts prompts = new EvaluationPrompts(split, things);
    Map<Category, List<EvaluationPrompt>> categories = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      List<EvaluationPrompt> candidates =
          switch (category) {
            case SINGLE_OBJECT -> prompts.single();
            case TWO_OBJECTS -> prompts.two();
            case COUNTING -> prompts.counting();
            case COLOURS -> prompts.colours();
            case POSITION -> prompts.position();
            case COLOUR_ATTRIBUTION -> prompts.colourAttribution();
          };
      categories.put(category, chosen(candidates, split));
    }
    return categories;
  }

  private List<Thing> core() {
    return things.stream().filter(Thing::core).toList();
  }

  /// "a photo of a fox on a green background".
  private List<EvaluationPrompt> single() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Thing thing : things) {
      for (Background background : Background.values()) {
        if (HeldOut.alone(plain(thing), background) == split) {
          prompts.add(alone(Category.SINGLE_OBJECT, plain(thing), background));
        }
      }
    }
    return prompts;
  }

  /// "a photo of a fox and a pizza".
  private List<EvaluationPrompt> two() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Thing a : core()) {
      for (Thing b : core()) {
        boolean ordered = a.key().compareTo(b.key()) < 0 && !Kinship.confusable(a, b);
        if (ordered && HeldOut.together(plain(a), plain(b)) == split) {
          prompts.add(both(Category.TWO_OBJECTS, plain(a), plain(b)));
        }
      }
    }
    return prompts;
  }

  /// "a photo of three foxes"; two to four, as in GenEval.
  private List<EvaluationPrompt> counting() {
    List<Subject> subjects = new ArrayList<>();
    things.forEach(thing -> subjects.add(plain(thing)));
    subjects.addAll(simple());
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Subject subject : subjects) {
      for (int count = 2; count <= Scene.MOST_ITEMS; count++) {
        if (HeldOut.count(count, subject) == split) {
          Part part = Part.exactly(count, look(subject));
          String several = ENGLISH.several(count, item(subject), Detail.USUAL);
          prompts.add(prompt(Category.COUNTING, several, List.of(part), null));
        }
      }
    }
    return prompts;
  }

  /// "a photo of a red car on a green background".
  private List<EvaluationPrompt> colours() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Subject subject : coloured()) {
      for (Background background : Background.of(Background.Sort.PLAIN)) {
        if (Backdrops.suits(background, List.of(item(subject)))
            && HeldOut.alone(subject, background) == split) {
          prompts.add(alone(Category.COLOURS, subject, background));
        }
      }
    }
    return prompts;
  }

  /// "a photo of a fox left of a pizza", of two things that training shows together.
  private List<EvaluationPrompt> position() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Thing a : core()) {
      for (Thing b : core()) {
        if (Kinship.confusable(a, b) || HeldOut.together(plain(a), plain(b)) != Split.TRAINING) {
          continue;
        }
        for (Relation relation : Relation.DIRECTIONS) {
          if (HeldOut.relation(plain(a), relation, plain(b)) == split) {
            prompts.add(placed(plain(a), relation, plain(b)));
          }
        }
      }
    }
    return prompts;
  }

  /// "a photo of a red car and a blue circle".
  private List<EvaluationPrompt> colourAttribution() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    List<Subject> subjects = coloured();
    for (int i = 0; i < subjects.size(); i++) {
      Subject a = subjects.get(i);
      for (Subject b : subjects.subList(0, i)) {
        if (a.colour() != b.colour()
            && !look(a).name().equals(look(b).name())
            && HeldOut.together(a, b) == split) {
          prompts.add(both(Category.COLOUR_ATTRIBUTION, a, b));
        }
      }
    }
    return prompts;
  }

  private List<Subject> coloured() {
    List<Subject> subjects = new ArrayList<>(simple());
    for (Thing thing : things.stream().filter(Thing::rendered).toList()) {
      Colour.basic().forEach(colour -> subjects.add(plain(thing).tinted(colour)));
    }
    return subjects;
  }

  private static List<Subject> simple() {
    List<Subject> subjects = new ArrayList<>();
    for (SimpleShape shape : SimpleShape.values()) {
      Colour.basic().forEach(colour -> subjects.add(new Simple(shape, colour)));
    }
    return subjects;
  }

  private static EvaluationPrompt alone(Category category, Subject subject, Background background) {
    String text = some(subject) + " " + ENGLISH.before(background);
    return prompt(category, text, List.of(Part.one(look(subject))), background);
  }

  private static EvaluationPrompt both(Category category, Subject a, Subject b) {
    List<Part> parts = List.of(Part.one(look(a)), Part.one(look(b)));
    return prompt(category, some(a) + " and " + some(b), parts, null);
  }

  private static EvaluationPrompt placed(Subject a, Relation relation, Subject b) {
    Part part = Part.one(look(a)).at(new Place.Near(relation, look(b)));
    String text = some(a) + " " + ENGLISH.relation(relation) + " " + some(b);
    return prompt(Category.POSITION, text, List.of(part, Part.one(look(b))), null);
  }

  private static EvaluationPrompt prompt(
      Category category, String subject, List<Part> parts, @Nullable Background background) {
    Requirement requirement = Requirement.of(parts).before(background);
    return new EvaluationPrompt(
        category, new Caption("a photo of " + subject, Language.ENGLISH, requirement));
  }

  private static Pictogram plain(Thing thing) {
    return Pictogram.plain(thing, Artist.NOTO);
  }

  /// By any artist.
  private static Look look(Subject subject) {
    return Look.named(subject).in(subject.colour());
  }

  private static String some(Subject subject) {
    return ENGLISH.some(item(subject), Detail.USUAL);
  }

  private static Item item(Subject subject) {
    return new Item(subject, 0, 0, ItemSize.LARGE);
  }

  /// A fixed choice among the candidates.
  private static List<EvaluationPrompt> chosen(List<EvaluationPrompt> candidates, Split split) {
    if (candidates.isEmpty()) {
      throw new IllegalStateException("no prompts of %s".formatted(split));
    }
    List<EvaluationPrompt> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, Random.from(IndexedRandom.at(0, candidates.size())));
    return List.copyOf(shuffled.subList(0, Math.min(EACH, shuffled.size())));
  }
}
