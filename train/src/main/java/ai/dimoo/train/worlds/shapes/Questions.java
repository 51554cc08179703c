package ai.dimoo.train.worlds.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Asks about scenes. Every question has one right answer in its scene, and yes is as frequent as
/// no in what [#ask] draws. Stateless.
public final class Questions {

  private final Scene scene;
  private final List<Question> questions = new ArrayList<>();

  private Questions(Scene scene) {
    this.scene = scene;
    for (Item item : scene.items()) {
      colour(item);
      shape(item);
      size(item);
      presence(item);
    }
    counts();
    relations();
    background();
  }

  /// Every question that has one right answer in the scene, in one fixed wording.
  public static List<Question> all(Scene scene) {
    return List.copyOf(new Questions(scene).questions);
  }

  /// One question in one of its wordings: first its kind is drawn, then one of the answers that
  /// occur, then a question with that answer. So yes is as frequent as no.
  ///
  /// @param random decides which; the same state gives the same question
  public static Question ask(Scene scene, RandomGenerator random) {
    List<Question> all = all(scene);
    Question.Kind kind = Phrases.pick(all.stream().map(Question::kind).distinct().toList(), random);
    List<Question> ofKind = all.stream().filter(q -> q.kind() == kind).toList();
    String answer = Phrases.pick(ofKind.stream().map(Question::answer).distinct().toList(), random);
    Question question =
        Phrases.pick(ofKind.stream().filter(q -> q.answer().equals(answer)).toList(), random);
    return new Question(kind, reworded(question.text(), random), answer);
  }

  private static String reworded(String text, RandomGenerator random) {
    String other = random.nextDouble() < 0.3 ? text.replace("colour", "color") : text;
    return random.nextDouble() < 0.3 ? other : Phrases.capitalised(other);
  }

  private void colour(Item item) {
    long colours = scene.of(item.shape()).stream().map(Item::colour).distinct().count();
    if (colours > 1) {
      return;
    }
    boolean one = scene.of(item.shape()).size() == 1;
    String subject = one ? "is the " + item.shape().word() : "are the " + item.shape().plural();
    add(Question.Kind.COLOUR, "what colour " + subject + "?", item.colour().word());
  }

  private void shape(Item item) {
    long shapes = scene.of(item.colour()).stream().map(Item::shape).distinct().count();
    if (shapes > 1) {
      return;
    }
    boolean one = scene.of(item.colour()).size() == 1;
    add(
        Question.Kind.SHAPE,
        "what shape "
            + (one ? "is the " : "are the ")
            + item.colour().word()
            + (one ? " object?" : " objects?"),
        item.shape().word());
  }

  private void size(Item item) {
    String name = named(item);
    if (!name.isEmpty()) {
      add(Question.Kind.SIZE, "how big is the " + name + "?", item.size().word());
    }
  }

  /// A yes for the object, and a no for each way to be wrong in one word.
  private void presence(Item item) {
    presence(item.colour(), item.shape());
    for (Colour colour : Colour.values()) {
      presence(colour, item.shape());
    }
    for (Shape shape : Shape.values()) {
      presence(item.colour(), shape);
    }
  }

  private void presence(Colour colour, Shape shape) {
    String text = "is there " + Phrases.withArticle(colour.word() + " " + shape.word()) + "?";
    add(Question.Kind.PRESENCE, text, scene.of(colour, shape).isEmpty() ? "no" : "yes");
  }

  private void counts() {
    count("objects", scene.items().size());
    for (Shape shape : Shape.values()) {
      if (!scene.of(shape).isEmpty()) {
        count(shape.plural(), scene.of(shape).size());
      }
    }
    for (Item item : scene.items()) {
      int same = scene.of(item.colour(), item.shape()).size();
      count(item.colour().word() + " " + item.shape().plural(), same);
    }
  }

  private void count(String what, int count) {
    add(Question.Kind.COUNT, "how many " + what + " are there?", Phrases.number(count));
  }

  private void relations() {
    for (Item a : scene.items()) {
      for (Item b : scene.items()) {
        if (a != b && !named(a).isEmpty() && !named(b).isEmpty()) {
          Phrases.clear(a, b).forEach(relation -> relation(a, relation, b));
        }
      }
    }
  }

  private void relation(Item a, Relation relation, Item b) {
    String words = words(relation);
    String opposite = words(relation.inverse());
    String is = "is the " + named(a) + " ";
    String the = " the " + named(b) + "?";
    add(Question.Kind.RELATION, is + words + the, "yes");
    add(Question.Kind.RELATION, is + opposite + the, "no");
    boolean only =
        scene.items().stream()
            .noneMatch(other -> other != a && other != b && relation.leans(other.box(), b.box()));
    if (only) {
      add(Question.Kind.NEIGHBOUR, "what is " + words + " the " + named(b) + "?", a.words());
    }
  }

  private void background() {
    Background background = scene.background();
    add(Question.Kind.BACKGROUND, "what colour is the background?", background.tone().word());
    add(
        Question.Kind.BACKGROUND,
        "what pattern does the background have?",
        switch (background.texture()) {
          case PLAIN -> "none";
          case STRIPES -> "stripes";
          case CHECKS -> "checks";
          case DOTS -> "dots";
        });
  }

  /// The shortest name that only this object has; empty if there is none.
  private String named(Item item) {
    if (scene.of(item.shape()).size() == 1) {
      return item.shape().word();
    }
    return scene.of(item.colour(), item.shape()).size() == 1 ? item.words() : "";
  }

  private static String words(Relation relation) {
    return relation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void add(Question.Kind kind, String text, String answer) {
    Question question = new Question(kind, text, answer);
    if (!questions.contains(question)) {
      questions.add(question);
    }
  }
}
