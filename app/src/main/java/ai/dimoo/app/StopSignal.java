package ai.dimoo.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Ctrl-C as a wish: the running command is asked to stop, finishes the step it is in, leaves
/// nothing half written, and the process ends with status 130, or 143 after SIGTERM. Safe to use
/// from any thread.
final class StopSignal implements BooleanSupplier, AutoCloseable {

  /// A step of a large model on a small machine takes tens of seconds; longer than this it hangs.
  private static final Duration TO_FINISH_A_STEP = Duration.ofSeconds(120);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile String message = "stopping after this step";
  private volatile Duration patience = TO_FINISH_A_STEP;
  private volatile boolean well;
  private volatile boolean stopped;
  private @Nullable Thread hook;

  StopSignal() {}

  /// A signal that Ctrl-C sets. Close it when the command has ended: the process waits for that.
  static StopSignal onInterrupt(PrintWriter err) {
    StopSignal signal = new StopSignal();
    Thread hook =
        new Thread(
            () -> {
              err.println();
              err.println("dimoo: " + signal.message);
              signal.stop();
              if (signal.awaitEnd() && signal.well) {
                Runtime.getRuntime()
                    .halt(0); // an exit that has begun with a signal keeps its status
              }
            },
            "stop");
    signal.hook = hook;
    Runtime.getRuntime().addShutdownHook(hook);
    return signal;
  }

  /// For a command that is meant to run until it is stopped: the process then ends with status 0.
  ///
  /// @param doing what it does when it is asked to stop
  /// @param atMost how long that may take
  void endsWell(String doing, Duration atMost) {
    message = doing;
    patience = atMost;
    well = true;
  }

  /// Asks the running command to stop.
  void stop() {
    stopped = true;
    actions.forEach(Runnable::run);
  }

  /// Whether the command was asked to stop.
  @Override
  public boolean getAsBoolean() {
    return stopped;
  }

  /// Does something as soon as the command is asked to stop, on another thread.
  void onStop(Runnable action) {
    actions.add(action);
    if (stopped) {
      action.run();
    }
  }

  /// @throws CancellationException if the command was asked to stop
  void check() {
    if (stopped) {
      throw new CancellationException("stopped");
    }
  }

  @Override
  public void close() {
    finished.countDown();
    if (hook != null && !stopped) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process is ending already: the hook goes on by itself
      }
    }
  }

  /// Whether the command has ended.
  private boolean awaitEnd() {
    try {
      return finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
