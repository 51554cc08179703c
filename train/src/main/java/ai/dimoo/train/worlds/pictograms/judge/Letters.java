package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.judge.Looks.Letter;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads words: letters of one colour, token by token.
final class Letters {

  /// How much better a letter must fit than any other.
  private static final double LEAST_MARGIN = 0.1;

  private final View view;
  private final Looks looks;
  private final Map<Template, Letter> letters = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();

  Letters(View view, Looks looks) {
    this.view = view;
    this.looks = looks;
    for (Letter letter : looks.letters()) {
      letters.put(letter.template(), letter);
      templates.add(letter.template());
    }
  }

  /// The words in a row of tokens.
  List<Candidate> inRow(int row) {
    List<Candidate> words = new ArrayList<>();
    int column = 0;
    while (column < Scene.TOKENS) {
      StringBuilder word = new StringBuilder();
      Letter first = at(column, row);
      Letter next = first;
      while (first != null
          && next != null
          && next.colour() == first.colour()
          && word.length() < Word.MOST_LETTERS) {
        word.append(next.character());
        int beside = column + word.length();
        next = beside < Scene.TOKENS ? at(beside, row) : null;
      }
      if (first != null && word.length() > 1 && column % 2 == 0) {
        words.add(candidate(looks.word(new Word(word.toString(), first.colour())), column, row));
        column += word.length();
      } else {
        column++;
      }
    }
    return words;
  }

  private Candidate candidate(Template word, int column, int row) {
    Patch patch = new Patch(view, Scale.MEDIUM, word, column, row);
    float[] cells = word.cells(Scale.MEDIUM);
    double gain = patch.errorOfBackground() - patch.error(cells, Float.MAX_VALUE);
    return new Candidate(new Placed(word, column, row), gain, patch.fit(cells), List.of());
  }

  /// The letter on one token and the one below; null if there seems to be none.
  private @Nullable Letter at(int column, int row) {
    List<Template> best = Search.best(view, templates, Scale.MEDIUM, Scale.FINE, column, row);
    if (best.isEmpty()) {
      return null;
    }
    Letter letter = letters.get(best.getFirst());
    Patch patch = new Patch(view, Scale.MEDIUM, letter.template(), column, row);
    if (!patch.fit(letter.template().cells(Scale.MEDIUM)).known()) {
      return null;
    }
    Patch fine = new Patch(view, Scale.FINE, letter.template(), column, row);
    float error = fine.error(letter.template().cells(Scale.FINE), Float.MAX_VALUE);
    return best.stream()
            .filter(other -> letters.get(other).character() != letter.character())
            .findFirst()
            .filter(other ->
                error > (1 - LEAST_MARGIN) * fine.error(other.cells(Scale.FINE), Float.MAX_VALUE))
            .isPresent()
        ? null
        : letter;
  }
}
