package ai.dimoo.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/// Where a command writes, and how it learns that the user wants it to stop.
///
/// @param out results
/// @param err progress and errors
/// @param stop set by Ctrl-C
/// @param interactive whether `err` is a terminal on which a progress bar can be redrawn
record Terminal(PrintWriter out, PrintWriter err, StopSignal stop, boolean interactive)
    implements AutoCloseable {

  /// The process's own streams. The launcher says whether standard error is a terminal, because
  /// Java can only ask that of standard output.
  static Terminal system() {
    PrintWriter err = writer(System.err, "stderr.encoding");
    return new Terminal(
        writer(System.out, "stdout.encoding"),
        err,
        StopSignal.onInterrupt(err),
        Boolean.getBoolean("dimoo.terminal"));
  }

  /// Shows how far a task is; close it when the task ends.
  ///
  /// @param task what is being done, for example `generate`
  /// @param total how many `unit`s there are
  /// @param unit for example `steps`; `bytes` are shown as MB
  Progress progress(String task, long total, String unit) {
    return interactive
        ? new ProgressOnTerminal(task, total, unit)
        : new ProgressInLines(err, task, total, unit);
  }

  @Override
  public void close() {
    out.flush();
    err.flush();
    stop.close();
  }

  private static PrintWriter writer(PrintStream stream, String encodingProperty) {
    String encoding = System.getProperty(encodingProperty);
    Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
    return new PrintWriter(stream, true, charset);
  }
}
