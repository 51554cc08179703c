package ai.dimoo.app;

import ai.dimoo.parity.ParityResult;
import ai.dimoo.train.parity.Parity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `dimoo parity`: compares this program with recorded results of the reference implementation.
@Command(
    name = "parity",
    description =
        "Compare every number with recorded results of the reference implementation: one line"
            + " per case, `ok` or `FAIL`. The exit status is 0 only if all hold.")
final class ParityCommand implements Callable<Integer> {

  private static final int DIFFERS = 1;

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description =
          "A folder of recorded results, such as core/src/test/resources/golden, whose README"
              + " describes the layout.")
  private @Nullable Path folder;

  ParityCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<ParityResult> results = Parity.run(folder, this::print);
    long failed = results.stream().filter(result -> !result.ok()).count();
    PrintWriter out = terminal.out();
    out.printf("%d cases, %s%n", results.size(), failed == 0 ? "all ok" : failed + " FAIL");
    out.flush();
    return failed == 0 ? 0 : DIFFERS;
  }

  private void print(ParityResult result) {
    terminal.stop().check();
    String verdict = result.ok() ? "ok  " : "FAIL";
    terminal.out().println(verdict + " " + result.name() + ": " + result.finding());
  }
}
