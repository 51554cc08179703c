package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people would type, written by hand without a look at the grammar of captions, instructions
/// and questions: 150 prompts, 60 edits, 60 questions. Fixed before training, and never trained on.
/// What is right is told in [Notation]; where that cannot be, somebody has to look.
public final class PeopleSuite {

  private static final String BY_EYE = "?";

  private PeopleSuite() {}

  /// A prompt.
  ///
  /// @param requirement null: by eye
  public record Prompt(String text, @Nullable Requirement requirement) {}

  /// An instruction.
  ///
  /// @param requirement null: by eye
  public record Edit(Scene before, String text, @Nullable Requirement requirement) {}

  /// A question.
  ///
  /// @param answers any of which is right, whatever the case
  public record Asked(Scene scene, String text, List<String> answers) {

    /// Whether an answer is right: case, a full stop and space round it do not matter.
    public boolean right(String answer) {
      String plain = answer.strip().replaceFirst("[.。!！]$", "");
      return answers.stream().anyMatch(plain::equalsIgnoreCase);
    }
  }

  /// The prompts.
  public static List<Prompt> prompts() {
    return lines("people-prompts.tsv", 2).stream()
        .map(cells -> new Prompt(cells[0], requirement(cells[1], null)))
        .toList();
  }

  /// The edits.
  public static List<Edit> edits() {
    return lines("people-edits.tsv", 3).stream()
        .map(cells -> {
          Scene before = Notation.scene(cells[0]);
          return new Edit(before, cells[1], requirement(cells[2], before));
        })
        .toList();
  }

  /// The questions.
  public static List<Asked> questions() {
    return lines("people-questions.tsv", 3).stream()
        .map(cells -> new Asked(Notation.scene(cells[0]), cells[1], List.of(cells[2].split("\\|"))))
        .toList();
  }

  private static @Nullable Requirement requirement(String notation, @Nullable Scene before) {
    return notation.equals(BY_EYE) ? null : Notation.requirement(notation, before);
  }

  private static List<String[]> lines(String resource, int columns) {
    try (InputStream in = PeopleSuite.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> cells(resource, line, columns)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] cells(String resource, String line, int columns) {
    String[] cells = line.split("\t");
    if (cells.length != columns) {
      throw new IllegalStateException(
          "%s: %d columns instead of %d in: %s".formatted(resource, cells.length, columns, line));
    }
    return cells;
  }
}
