package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorReportTest {

  static List<Arguments> failures() {
    return List.of(
        Arguments.of(new UserException("No a.png."), 2, "dimoo: No a.png.\n"),
        Arguments.of(new EnvironmentException("Disk full."), 3, "dimoo: Disk full.\n"),
        Arguments.of(new CancellationException(), 130, "dimoo: stopped.\n"),
        Arguments.of(new InterruptedException(), 130, "dimoo: stopped.\n"),
        Arguments.of(new AccessDeniedException("/x/a.png"), 3, "dimoo: /x/a.png: access denied.\n"),
        Arguments.of(
            new UncheckedIOException(
                new FileSystemException("/x", null, "No space left on device")),
            3,
            "dimoo: /x: No space left on device.\n"),
        Arguments.of(new IOException("connection reset"), 3, "dimoo: connection reset.\n"),
        Arguments.of(
            new OutOfMemoryError("Java heap space"),
            3,
            "dimoo: out of memory (Java heap space). Give Java more with DIMOO_JAVA_OPTS=-Xmx8g, or"
                + " ask for less at once.\n"),
        Arguments.of(
            new IllegalStateException("no\n  such\nthing"),
            1,
            "dimoo: a bug in dimoo: IllegalStateException: no such thing (run again with"
                + " --stacktrace or DIMOO_STACKTRACE=1 for details).\n"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureIsOneLineAndAStatus(Throwable failure, int status, String line) {
    StringWriter err = new StringWriter();

    int actual = new ErrorReport(List.of()).report(failure, new PrintWriter(err));

    assertThat(actual).isEqualTo(status);
    assertThat(err.toString()).isEqualToNormalizingNewlines(line);
  }

  @Test
  void stacktraceOptionShowsWhereItArose() {
    StringWriter err = new StringWriter();

    new ErrorReport(List.of("generate", "--stacktrace"))
        .report(new IllegalStateException("x"), new PrintWriter(err));

    assertThat(err.toString()).contains("\tat " + ErrorReportTest.class.getName());
  }
}
