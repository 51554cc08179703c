package ai.dimoo.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line in this process.
///
/// @param status the exit status
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
record CommandRun(int status, String out, String err) {

  /// A run of the checkout's own program, whose model needs not to be named.
  static CommandRun inCheckout(String... arguments) {
    String home = System.setProperty("dimoo.home", "..");
    try {
      return of(arguments);
    } finally {
      if (home == null) {
        System.clearProperty("dimoo.home");
      } else {
        System.setProperty("dimoo.home", home);
      }
    }
  }

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), new StopSignal(), false);
    int status = Main.run(terminal, arguments);
    terminal.close();
    return new CommandRun(status, out.toString(), err.toString());
  }
}
