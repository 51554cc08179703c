package ai.dimoo.train.shapes;

import ai.dimoo.train.shapes.EvaluationPrompt.Category;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The prompts of the evaluation: GenEval's six categories in the shapes world, 50 prompts each,
/// all of them about combinations that [HeldOut] keeps from training. No training scene is
/// described by any of them. Always the same prompts in the same order.
///
/// The same sentences about combinations that training does show tell drawing from composing: what
/// is missing there is missing in the drawing.
public final class EvaluationPrompts {

  /// Prompts in a category.
  public static final int EACH = 50;

  /// Of the colours category, the prompts about a coloured shape that training never shows at all;
  /// the others are about a coloured shape on a background on which training never shows it alone.
  public static final int UNSEEN_PAIRS = 20;

  private static final List<Background> BACKGROUNDS = Background.ALL;

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
    prompts.put(Category.COLOURS, colours());
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
        : !HeldOut.pair(colour, shape)
            && !HeldOut.alone(colour, shape, background)
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
          if (HeldOut.count(count, colour, shape) == heldOut && !HeldOut.pair(colour, shape)) {
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

  /// "a photo of a purple circle", and the same on a background.
  private List<EvaluationPrompt> colours() {
    List<EvaluationPrompt> bare = new ArrayList<>();
    List<EvaluationPrompt> unseenPairs = new ArrayList<>();
    List<EvaluationPrompt> places = new ArrayList<>();
    for (Colour colour : Colour.values()) {
      for (Shape shape : Shape.values()) {
        boolean pair = HeldOut.pair(colour, shape);
        if (pair) {
          bare.add(colour(colour, shape, null));
        }
        for (Background background : BACKGROUNDS) {
          if (pair) {
            unseenPairs.add(colour(colour, shape, background));
          } else if (HeldOut.alone(colour, shape, background) == heldOut) {
            places.add(colour(colour, shape, background));
          }
        }
      }
    }
    if (!heldOut) {
      return chosen(places, EACH);
    }
    List<EvaluationPrompt> prompts = new ArrayList<>(bare);
    prompts.addAll(chosen(unseenPairs, UNSEEN_PAIRS - bare.size()));
    prompts.addAll(chosen(places, EACH - UNSEEN_PAIRS));
    return prompts;
  }

  private static EvaluationPrompt colour(
      Colour colour, Shape shape, @Nullable Background background) {
    return prompt(
        Category.COLOURS,
        Phrases.withArticle(colour.word() + " " + shape.word()),
        background,
        Requirement.some(colour, shape));
  }

  /// "a photo of a circle left of a square", and the same on a plain background.
  private List<EvaluationPrompt> position() {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    List<@Nullable Background> places = new ArrayList<>();
    places.add(null);
    places.addAll(Background.PLAIN);
    for (Relation relation : Relation.values()) {
      for (Shape a : Shape.values()) {
        for (Shape b : Shape.values()) {
          if (a != b && HeldOut.relation(a, relation, b) == heldOut) {
            String text = Phrases.withArticle(a.word()) + relationWords(relation) + b.word();
            for (Background background : places) {
              prompts.add(
                  prompt(
                      Category.POSITION,
                      text,
                      background,
                      Requirement.some(a).at(relation, 1),
                      Requirement.some(b)));
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
    for (Shape a : Shape.values()) {
      for (Shape b : Shape.values()) {
        for (Colour colourA : Colour.values()) {
          for (Colour colourB : Colour.values()) {
            if (a.ordinal() < b.ordinal()
                && !HeldOut.pair(colourA, a)
                && !HeldOut.pair(colourB, b)
                && HeldOut.together(colourA, a, colourB, b) == heldOut) {
              prompts.add(
                  prompt(
                      Category.COLOUR_ATTRIBUTION,
                      Phrases.withArticle(colourA.word() + " " + a.word())
                          + " and "
                          + Phrases.withArticle(colourB.word() + " " + b.word()),
                      null,
                      Requirement.some(colourA, a),
                      Requirement.some(colourB, b)));
            }
          }
        }
      }
    }
    return prompts;
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
          candidates.size() + " held-out prompts; expected at least " + count);
    }
    List<EvaluationPrompt> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, Random.from(WorldRandom.at(0, candidates.size())));
    shuffled.sort(Comparator.comparing(EvaluationPrompts::textured));
    return List.copyOf(shuffled.subList(0, count));
  }

  private static boolean textured(EvaluationPrompt prompt) {
    Background background = prompt.background();
    return background != null && background.texture() != Texture.PLAIN;
  }
}
