package ai.dimoo;

import ai.dimoo.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Tasks that are done side by side, by the thread that calls and by others that last as long as
/// they do. The first failure ends all.
final class SideBySide {

  /// One of the tasks.
  @FunctionalInterface
  interface Task {

    /// @param index its place among them
    /// @param ended whether another has failed; then it need not go on
    void run(int index, BooleanSupplier ended);
  }

  private final int tasks;
  private final Task task;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private SideBySide(int tasks, Task task) {
    this.tasks = tasks;
    this.task = task;
  }

  /// Does them, in the order of their places as far as threads go.
  ///
  /// @param workers threads, this one among them
  /// @param threads that LibTorch uses within one operation on each of them
  static void run(int tasks, int workers, int threads, Task task) {
    SideBySide all = new SideBySide(tasks, task);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(workers, tasks); i++) {
      others.add(
          Thread.ofPlatform()
              .name(Thread.currentThread().getName() + "-" + (i + 1))
              .daemon(true)
              .start(() -> {
                TorchRuntime.setThreads(threads);
                all.work();
              }));
    }
    all.work();
    others.forEach(all::await);
    switch (all.failure.get()) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private boolean ended() {
    return failure.get() != null;
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < tasks && !ended(); i = next.getAndIncrement()) {
      try {
        task.run(i, this::ended);
      } catch (Throwable e) { // an Error too: the calling thread throws it
        failure.compareAndSet(null, e);
      }
    }
  }

  /// Whoever interrupts the calling thread gives all up; what others compute with has to stay until
  /// they have ended.
  private void await(Thread other) {
    boolean interrupted = false;
    while (true) {
      try {
        other.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("interrupted"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
