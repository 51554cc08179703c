package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Asks about scenes. Every question has one right answer, and yes is as frequent as no. Stateless.
public final class Questions {

  /// How often each kind is asked of scenes that allow it, relative to the others.
  private static final Map<Question.Kind, Integer> SHARES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Question.Kind.WHAT, 6),
              Map.entry(Question.Kind.COUNT, 3),
              Map.entry(Question.Kind.COLOUR, 6),
              Map.entry(Question.Kind.BACKGROUND, 2),
              Map.entry(Question.Kind.WHERE, 3),
              Map.entry(Question.Kind.SIZE, 1),
              Map.entry(Question.Kind.PRESENCE, 3),
              Map.entry(Question.Kind.NEIGHBOUR, 4),
              Map.entry(Question.Kind.RELATION, 4),
              Map.entry(Question.Kind.FRONT, 4),
              Map.entry(Question.Kind.ARTIST, 1),
              Map.entry(Question.Kind.RENDERING, 4),
              Map.entry(Question.Kind.READ, 6),
              Map.entry(Question.Kind.DESCRIBE, 2)));

  private Questions() {}

  /// One question about one picture, in English or Chinese.
  ///
  /// @param random decides which; the same state gives the same question
  public static Question ask(Scene scene, RandomGenerator random) {
    return ask(scene, Language.draw(random), random);
  }

  /// One question about one picture, in a language: first its kind is drawn, then the fact.
  public static Question ask(Scene scene, Language language, RandomGenerator random) {
    while (true) {
      List<Question> questions = of(kind(random), scene, language, random);
      if (!questions.isEmpty()) {
        return questions.get(random.nextInt(questions.size()));
      }
    }
  }

  private static Question.Kind kind(RandomGenerator random) {
    int sum = SHARES.values().stream().mapToInt(Integer::intValue).sum();
    int left = random.nextInt(sum);
    for (Map.Entry<Question.Kind, Integer> entry : SHARES.entrySet()) {
      left -= entry.getValue();
      if (left < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("shares do not add up");
  }

  /// The questions of a kind that have one right answer in the scene, each in one of its wordings;
  /// none if the scene has nothing to ask.
  ///
  /// @param random draws wordings, and what is asked for that is not there
  public static List<Question> of(
      Question.Kind kind, Scene scene, Language language, RandomGenerator random) {
    List<Question> questions = new ArrayList<>();
    for (Fact fact : new Facts(scene, language, random).of(kind)) {
      questions.add(asked(kind, fact, language, random));
    }
    return questions;
  }

  /// Whether two pictures are the same in every way.
  public static Question same(boolean same, Language language, RandomGenerator random) {
    return asked(Question.Kind.SAME, new Fact.Same(same), language, random);
  }

  /// Whether two pictures show the same things, whoever drew them and wherever they stand.
  public static Question sameThings(boolean same, Language language, RandomGenerator random) {
    return asked(Question.Kind.SAME, new Fact.SameThings(same), language, random);
  }

  /// What is different in the second picture.
  public static Question changed(Change change, Language language, RandomGenerator random) {
    return asked(Question.Kind.CHANGE, new Fact.Changed(change), language, random);
  }

  private static Question asked(
      Question.Kind kind, Fact fact, Language language, RandomGenerator random) {
    WordChoice wording = WordChoice.random(random);
    QuestionWords words =
        switch (language) {
          case ENGLISH -> new EnglishQuestions(wording);
          case CHINESE -> new ChineseQuestions(wording);
        };
    return new Question(kind, language, words.question(fact), words.answer(fact));
  }
}
