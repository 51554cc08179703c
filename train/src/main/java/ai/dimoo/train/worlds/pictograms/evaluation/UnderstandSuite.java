package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.train.worlds.pictograms.language.Language;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.tasks.PictureQuestions;
import ai.dimoo.train.worlds.pictograms.tasks.QuestionSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/// Questions about one picture and two, by kind and language; and those that have a word for an
/// answer once more in the form of one token.
final class UnderstandSuite implements Suite {

  /// Questions of a kind and a language.
  private static final int EACH = 40;

  /// Rare questions are drawn for so long; then their row has fewer.
  private static final int DRAWS = 20_000;

  /// A question about two pictures to so many about one.
  private static final int TWO_AMONG = 4;

  @Override
  public String name() {
    return "understand";
  }

  @Override
  public String right() {
    return "the right answer, word for word";
  }

  @Override
  public String baseline() {
    return "each row's most frequent answer";
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.UNDERSTANDING);
  }

  @Override
  public List<Trial> trials(Setting setting) {
    SequencedMap<String, List<QuestionSample>> rows = rows();
    PictureQuestions questions = new PictureQuestions(setting.scenes());
    int missing = rows.size() * EACH;
    for (int i = 0; i < DRAWS && missing > 0; i++) {
      RandomGenerator random = setting.random(name(), i);
      QuestionSample sample = i % TWO_AMONG == 0 ? questions.two(random) : questions.one(random);
      List<QuestionSample> row = rows.get(row(sample.question()));
      if (row.size() < EACH) {
        row.add(sample);
        missing--;
      }
    }
    List<Trial> trials = new ArrayList<>();
    rows.forEach((row, samples) -> trials.addAll(trials(setting, row, samples, false)));
    for (Language language : Language.values()) {
      List<QuestionSample> words =
          rows.values().stream()
              .flatMap(List::stream)
              .filter(s -> s.question().language() == language && s.question().oneWord())
              .toList();
      trials.addAll(trials(setting, "one token, " + lower(language), words, true));
    }
    return trials;
  }

  private static SequencedMap<String, List<QuestionSample>> rows() {
    SequencedMap<String, List<QuestionSample>> rows = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      for (Question.Kind kind : Question.Kind.values()) {
        rows.put(lower(kind) + ", " + lower(language), new ArrayList<>());
      }
    }
    return rows;
  }

  private static String row(Question question) {
    return lower(question.kind()) + ", " + lower(question.language());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<Trial> trials(
      Setting setting, String row, List<QuestionSample> samples, boolean oneToken) {
    Map<String, Integer> counts = new HashMap<>();
    samples.forEach(sample -> counts.merge(sample.question().answer(), 1, Integer::sum));
    String frequent =
        counts.entrySet().stream()
            .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .orElse("");
    return samples.stream()
        .map(sample ->
            Trial.of(row, pupil -> asked(setting, row, sample, oneToken, frequent, pupil)))
        .toList();
  }

  private static Outcome asked(
      Setting setting,
      String row,
      QuestionSample sample,
      boolean oneToken,
      String frequent,
      Pupil pupil) {
    List<Picture> pictures = sample.pictures().stream().map(setting::picture).toList();
    Ask.Builder ask = setting.ask(sample.question().text(), 0);
    pictures.forEach(ask::image);
    if (oneToken) {
      ask.oneToken();
    }
    String expected = sample.question().answer();
    String answer = pupil.answer(ask.build());
    return new Outcome(
        List.of(Score.of(row, said(answer).equals(said(expected)), expected.equals(frequent))),
        pictures,
        "%s -> %s; right: %s".formatted(sample.question().text(), answer, expected));
  }

  /// What an answer says: case, a full stop and blanks round it do not matter.
  static String said(String answer) {
    return answer.strip().toLowerCase(Locale.ROOT).replaceAll("[.。]$", "").strip();
  }
}
