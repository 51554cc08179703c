package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.judge.Looks.Letter;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads words: letter by letter, token by token.
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
      List<Letter> word = new ArrayList<>();
      Letter next = at(column, row);
      while (next != null && word.size() < Word.MOST_LETTERS) {
        word.add(next);
        int beside = column + word.size();
        next = beside < Scene.TOKENS ? at(beside, row) : null;
      }
      if (word.size() > 1 && column % 2 == 0) {
        words.add(inBestColour(word, column, row));
      }
      column += Math.max(1, word.size());
    }
    return words;
  }

  /// The letters in the colour that fits all of them best: a code may have lent one another.
  private Candidate inBestColour(List<Letter> letters, int column, int row) {
    StringBuilder characters = new StringBuilder();
    letters.forEach(letter -> characters.append(letter.character()));
    return letters.stream()
        .map(Letter::colour)
        .distinct()
        .map(colour -> candidate(looks.word(new Word(characters.toString(), colour)), column, row))
        .max(Comparator.comparingDouble(Candidate::gain))
        .orElseThrow();
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
    if (!patch.fit(letter.template().cells(Scale.MEDIUM)).legible()) {
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
