package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {

  /// A command whose steps take a moment each and which leaves a mark when it ends in order.
  static final class LongCommand {
    public static void main(String... arguments) throws Exception {
      Path mark = Path.of(arguments[0]);
      int status;
      try (Terminal terminal = Terminal.system()) {
        System.out.println("started");
        while (!terminal.stop().getAsBoolean()) {
          Thread.onSpinWait();
        }
        Files.writeString(mark, "finished its step");
        status = ErrorReport.INTERRUPTED;
      }
      System.exit(status);
    }
  }

  @Test
  void checkThrowsOnlyAfterStop() {
    StopSignal signal = new StopSignal();
    signal.check();

    signal.stop();

    assertThat(signal.getAsBoolean()).isTrue();
    assertThatThrownBy(signal::check).isInstanceOf(CancellationException.class);
  }

  @Test
  void actionsRunAlsoIfTheyComeTooLate() {
    List<String> ran = new ArrayList<>();
    StopSignal signal = new StopSignal();
    signal.onStop(() -> ran.add("before"));
    signal.stop();
    signal.onStop(() -> ran.add("after"));

    assertThat(ran).containsExactly("before", "after");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs GNU env --default-signal and kill -INT")
  @Timeout(120)
  void interruptedProcessFinishesItsStepAndExitsWith130(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path mark = folder.resolve("mark");
    Process process =
        new ProcessBuilder(
                "env",
                // a shell that runs the tests in the background has SIGINT ignored, and so would we
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LongCommand.class.getName(),
                mark.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("started");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor()).isEqualTo(130);
      assertThat(output.lines()).contains("dimoo: stopping after this step");
    } finally {
      process.destroyForcibly();
    }
    assertThat(mark).hasContent("finished its step");
  }
}
