package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.HttpWording;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Lines of a file that cannot be done, so that one message tells of all. Not thread-safe.
final class BadLines {

  /// Numbers of lines that a message names.
  private static final int MOST_NAMED = 10;

  private final String file;
  private final List<Integer> numbers = new ArrayList<>();
  private String first = "";

  /// @param file what messages call it
  BadLines(String file) {
    this.file = file;
  }

  /// Does something with a line, and notes it if the line is to blame for its failure.
  void noting(int number, Runnable work) {
    try {
      work.run();
    } catch (Refusal e) {
      note(number, e.getMessage());
    } catch (UserException e) {
      note(number, e.in(HttpWording.INSTANCE));
    }
  }

  private void note(int number, String problem) {
    if (numbers.isEmpty()) {
      first = problem;
    }
    numbers.add(number);
  }

  /// @throws UserException if there are such lines
  void refuse() {
    if (numbers.isEmpty()) {
      return;
    }
    String others =
        numbers.stream()
            .skip(1)
            .limit(MOST_NAMED)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String more = numbers.size() - 1 > MOST_NAMED ? ", …" : "";
    throw new UserException(
        "%s, line %d: %s%s"
            .formatted(
                file,
                numbers.getFirst(),
                first,
                others.isEmpty()
                    ? ""
                    : " (%d more cannot be done either: %s %s%s.)"
                        .formatted(
                            numbers.size() - 1,
                            numbers.size() == 2 ? "line" : "lines",
                            others,
                            more)));
  }
}
