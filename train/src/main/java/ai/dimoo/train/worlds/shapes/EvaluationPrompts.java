package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.shapes.EvaluationPrompt.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The prompts of the evaluation: GenEval's six categories in the shapes world, 50 prompts each.
/// Always the same prompts in the same order.
///
/// [#heldOut] gives those about combinations that [HeldOut] keeps from training: no training scene
/// is described by any of them. [#seen] gives the same sentences about combinations that training
/// does show, to tell drawing from composing: what is missing there is missing in the drawing.
public final class EvaluationPrompts {

  /// Prompts in a category.
  public static final int EACH = 50;

  private static final List<Background> BACKGROUNDS = Background.ALL;

  /// Every coloured shape; size and place say nothing.
  static final List<Item> COLOURED_SHAPES =
      Arrays.stream(Shape.values())
          .flatMap(shape ->
              Arrays.stream(Colour.values())
                  .map(colour -> new Item(shape, colour, Size.SMALL, 0, 0)))
          .toList();

  private final boolean heldOut;

  private EvaluationPrompts(boolean heldOut) {
    this.heldOut = heldOut;
  }

  /// The prompts of each category, in the order of GenEval's table.
  public static Map<Category, List<EvaluationPrompt>> heldOut() {
    return new EvaluationPrompts(true).categories();
  }

  /// As many about combinations that training shows.
  public static Map<Category, List<EvaluationPrompt>> seen() {
    return new EvaluationPrompts(false).categories();
  }

  private Map<Category, List<EvaluationPrompt>> categories() {
    Map<Category, List<EvaluationPrompt>> prompts = new EnumMap<>(Category.class);
    prompts.put(Category.SINGLE_OBJECT, chosen(singleObject(), EACH));
    prompts.put(Category.TWO_OBJECTS, chosen(twoObjects(), EACH));
    prompts.put(Category.COUNTING, chosen(counting(), EACH));
    prompts.put(Category.COLOURS, chosen(colours(), EACH));
    prompts.put(Category.POSITION, chosen(position(), EACH));
    prompts.put(Category.COLOUR_ATTRIBUTION, chosen(colourAttribution(), EACH));
    return prompts;
  }

  /// "a photo of a small red circle on a striped grey background".
  private List<EvaluationPrompt> singleObject() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Background background : BACKGROUNDS) {
      for (Shape shape : Shape.values()) {
        for (Colour colour : Colour.values()) {
          for (Size size : Size.values()) {
            if (single(colour, shape, size, background)) {
              prompts.add(
                  prompt(
                      Category.SINGLE_OBJECT,
                      Phrases.withArticle(size.word() + " " + colour.word() + " " + shape.word()),
                      background,
                      Requirement.some(size, colour, shape)));
            }
          }
        }
      }
    }
    return prompts;
  }

  private boolean single(Colour colour, Shape shape, Size size, Background background) {
    return heldOut
        ? HeldOut.alone(colour, shape, size, background)
        : !HeldOut.alone(colour, shape, background)
            && !HeldOut.alone(colour, shape, size, background);
  }

  /// "a photo of a circle and a square on a white background".
  private List<EvaluationPrompt> twoObjects() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Background background : BACKGROUNDS) {
      for (Shape a : Shape.values()) {
        for (Shape b : Shape.values()) {
          if (a != b && HeldOut.shapes(a, b, background) == heldOut) {
            prompts.add(
                prompt(
                    Category.TWO_OBJECTS,
                    Phrases.withArticle(a.word()) + " and " + Phrases.withArticle(b.word()),
                    background,
                    Requirement.some(a),
                    Requirement.some(b)));
          }
        }
      }
    }
    return prompts;
  }

  /// "a photo of three red circles"; two to four, as in GenEval.
  private List<EvaluationPrompt> counting() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (int count = 2; count <= 4; count++) {
      for (Colour colour : Colour.values()) {
        for (Shape shape : Shape.values()) {
          if (HeldOut.count(count, colour, shape) == heldOut) {
            String text = Phrases.number(count) + " " + colour.word() + " " + shape.plural();
            Requirement requirement = Requirement.exactly(count, colour, shape);
            prompts.add(
                new EvaluationPrompt(
                    Category.COUNTING, "a photo of " + text, List.of(requirement), null, count));
          }
        }
      }
    }
    return prompts;
  }

  /// "a photo of a purple circle on a white background".
  private List<EvaluationPrompt> colours() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Colour colour : Colour.values()) {
      for (Shape shape : Shape.values()) {
        for (Background background : BACKGROUNDS) {
          if (HeldOut.alone(colour, shape, background) == heldOut) {
            prompts.add(
                prompt(
                    Category.COLOURS,
                    Phrases.withArticle(colour.word() + " " + shape.word()),
                    background,
                    Requirement.some(colour, shape)));
          }
        }
      }
    }
    return prompts;
  }

  /// "a photo of a red circle left of a blue square", and the same on a plain background.
  private List<EvaluationPrompt> position() {
    List<@Nullable Background> places = new ArrayList<>();
    places.add(null);
    places.addAll(Background.PLAIN);
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Relation relation : Relation.values()) {
      for (Item a : COLOURED_SHAPES) {
        for (Item b : COLOURED_SHAPES) {
          if (differ(a, b)
              && !HeldOut.together(a, b)
              && HeldOut.relation(a, relation, b) == heldOut) {
            String text = Phrases.withArticle(a.words()) + relationWords(relation) + b.words();
            for (Background background : places) {
              prompts.add(
                  prompt(
                      Category.POSITION,
                      text,
                      background,
                      Requirement.some(a.colour(), a.shape()).at(relation, 1),
                      Requirement.some(b.colour(), b.shape())));
            }
          }
        }
      }
    }
    return prompts;
  }

  private static String relationWords(Relation relation) {
    return switch (relation) {
      case LEFT_OF -> " left of a ";
      case RIGHT_OF -> " right of a ";
      case ABOVE -> " above a ";
      case BELOW -> " below a ";
    };
  }

  /// "a photo of a red circle and a blue square".
  private List<EvaluationPrompt> colourAttribution() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    for (Item a : COLOURED_SHAPES) {
      for (Item b : COLOURED_SHAPES) {
        if (a.shape().ordinal() < b.shape().ordinal()
            && differ(a, b)
            && HeldOut.together(a, b) == heldOut) {
          prompts.add(
              prompt(
                  Category.COLOUR_ATTRIBUTION,
                  Phrases.withArticle(a.words()) + " and " + Phrases.withArticle(b.words()),
                  null,
                  Requirement.some(a.colour(), a.shape()),
                  Requirement.some(b.colour(), b.shape())));
        }
      }
    }
    return prompts;
  }

  private static boolean differ(Item a, Item b) {
    return a.shape() != b.shape() && a.colour() != b.colour();
  }

  private static EvaluationPrompt prompt(
      Category category,
      String subject,
      @Nullable Background background,
      Requirement... requirements) {
    String text = "a photo of " + subject;
    if (background != null) {
      text += " on a " + background.words();
    }
    return new EvaluationPrompt(
        category, text, List.of(requirements), background, requirements.length);
  }

  /// A fixed choice among the candidates. Plain backgrounds come first: most of training has them,
  /// so that the objects are what is tested.
  private static List<EvaluationPrompt> chosen(List<EvaluationPrompt> candidates, int count) {
    if (candidates.size() < count) {
      throw new IllegalStateException(
          candidates.size() + " prompts of a category; expected at least " + count);
    }
    List<EvaluationPrompt> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, Random.from(IndexedRandom.at(0, candidates.size())));
    shuffled.sort(Comparator.comparing(EvaluationPrompts::textured));
    return List.copyOf(shuffled.subList(0, count));
  }

  private static boolean textured(EvaluationPrompt prompt) {
    Background background = prompt.background();
    return background != null && background.texture() != Texture.PLAIN;
  }
}
