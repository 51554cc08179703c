package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.file.WholeFile;
import ai.dimoo.train.worlds.pictograms.evaluation.SuiteScores.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Scores as JSON: an object of suites, each with its rows. A suite that is measured again replaces
/// its former scores; the others stay.
public final class ScoresFile {

  private static final double PLACES = 10_000;

  private final Path file;
  private final ObjectNode root;

  private ScoresFile(Path file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /// The scores in a file; none if it does not exist.
  ///
  /// @throws UserException if it holds something else, or cannot be written
  public static ScoresFile at(Path file) {
    WholeFile.requireWritable(file);
    if (!Files.exists(file)) {
      return new ScoresFile(file, JsonMapper.shared().createObjectNode());
    }
    try {
      if (JsonMapper.shared().readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
        return new ScoresFile(file, root);
      }
    } catch (JacksonException e) {
      throw new UserException("%s holds no scores: give another name.".formatted(file), e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s could not be read: %s.".formatted(file, WholeFile.reason(e)), e);
    }
    throw new UserException("%s holds no scores: give another name.".formatted(file));
  }

  /// Adds a suite's scores and writes the file whole.
  ///
  /// @param model which model it was
  /// @param limit the most trials of a row
  public void put(SuiteScores scores, String model, int limit) {
    ObjectNode suite = JsonMapper.shared().createObjectNode();
    suite.put("model", model);
    suite.put("right", scores.suite().right()).put("baseline_is", scores.suite().baseline());
    if (limit != Evaluation.ALL) {
      suite.put("limit", limit);
    }
    put(suite.putObject("overall"), scores.overall());
    ObjectNode rows = suite.putObject("rows");
    scores.rows().forEach(row -> put(rows.putObject(row.name()), row));
    scores.notes().forEach(suite.putArray("notes")::add);
    suite.put("seconds", Math.round(scores.seconds()));
    root.set(scores.suite().name(), suite);
    String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    WholeFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ObjectNode json, Row row) {
    put(json, "score", row.mean());
    put(json, "standard_error", row.standardError());
    put(json, "baseline", row.baseline());
    json.put("trials", row.count());
    if (!row.unit().symbol().isEmpty()) {
      json.put("unit", row.unit().symbol());
    }
  }

  private static void put(ObjectNode json, String field, double value) {
    if (Double.isFinite(value)) {
      json.put(field, Math.round(value * PLACES) / PLACES);
    }
  }
}
