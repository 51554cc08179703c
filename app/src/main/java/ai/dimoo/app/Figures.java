package ai.dimoo.app;

import ai.dimoo.file.WholeFile;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where the figures that a command measured go: into a table on the terminal, and, as `--json`
/// says, into a file beside it or onto the terminal in its place.
///
/// @param file for JSON; null: none
/// @param instead whether JSON takes the table's place
record Figures(@Nullable Path file, boolean instead) {

  private static final String STANDARD_OUTPUT = "-";

  /// @param json what `--json` says; null: nothing
  /// @throws ai.dimoo.error.UserException if the file cannot be written; said before minutes of
  ///   computing
  static Figures to(@Nullable String json) {
    boolean instead = STANDARD_OUTPUT.equals(json);
    Path file = json == null || instead ? null : Path.of(json);
    if (file != null) {
      WholeFile.requireWritable(file);
    }
    return new Figures(file, instead);
  }

  void write(PrintWriter out, JsonNode json, Consumer<PrintWriter> table) {
    if (instead) {
      out.println(json.toPrettyString());
    } else {
      table.accept(out);
      if (file != null) {
        WholeFile.write(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    out.flush();
  }
}
