package ai.dimoo.torch;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The one platform thread on which an engine computes, one task after another in the order in
/// which they came. LibTorch's modes belong to a thread and do not survive a virtual thread's
/// change of carrier; with a thread of its own, an engine may be called from any thread.
///
/// Thread-safe. Whoever made it closes it.
public final class EngineThread implements AutoCloseable {

  private final ExecutorService executor;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  /// @param name of the thread
  /// @param threads how many LibTorch uses within one operation on this thread
  public EngineThread(String name, int threads) {
    this(name);
    call(() -> {
      TorchRuntime.setThreads(threads);
      return true;
    });
  }

  /// As many threads within one operation as LibTorch chooses. LibTorch is not loaded yet: the
  /// first task that needs it does that.
  ///
  /// @param name of the thread
  public EngineThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon(true).factory());
    call(() -> {
      thread.set(Thread.currentThread());
      return true;
    });
  }

  /// Runs a task and returns what it returns. What it throws is thrown here, LibTorch's errors in
  /// one line (see {@link TorchErrors}).
  ///
  /// If the calling thread is interrupted while it waits, the task is taken back or, if it runs,
  /// interrupted.
  ///
  /// @throws CancellationException if the task, or the wait for it, was given up
  /// @throws IllegalStateException if this thread is closed
  public <T> T call(Callable<T> task) {
    if (isCurrent()) {
      throw new IllegalStateException("a task of the engine waits for the engine");
    }
    Future<T> future;
    try {
      future = executor.submit(task);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the engine is closed", e);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the engine was at work");
    } catch (ExecutionException e) {
      throw TorchErrors.translated(e.getCause());
    }
  }

  /// Whether this is called by a task of it.
  boolean isCurrent() {
    return Thread.currentThread() == thread.get();
  }

  /// Runs something after the tasks that it has, without waiting for it; at once where it is closed
  /// and has none.
  void afterwards(Runnable something) {
    try {
      executor.execute(something);
    } catch (RejectedExecutionException e) {
      something.run();
    }
  }

  /// Takes no more tasks, and waits for those that it has.
  @Override
  public void close() {
    executor.close();
  }
}
