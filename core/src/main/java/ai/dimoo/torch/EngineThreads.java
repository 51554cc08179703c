package ai.dimoo.torch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// The platform threads of an engine that computes several tasks at the same time, each on one
/// thread. Tasks begin in the order in which they came. Threads are begun when they are needed.
///
/// Thread-safe. Whoever made it closes it.
public final class EngineThreads implements AutoCloseable {

  private final String name;
  private final int most;
  private final int threads;
  private final Semaphore places;
  private final List<EngineThread> begun = new ArrayList<>();
  private final Deque<EngineThread> idle = new ArrayDeque<>();

  /// @param first is there already; closed with this
  /// @param name of the threads, which a number follows
  /// @param most tasks at the same time; at least 1
  /// @param threads how many LibTorch uses within one operation on each
  public EngineThreads(EngineThread first, String name, int most, int threads) {
    this.name = name;
    this.most = most;
    this.threads = threads;
    places = new Semaphore(most, true);
    begun.add(first);
    idle.add(first);
  }

  /// Runs a task beside others, as {@link EngineThread#call} does, once there is a thread for it.
  ///
  /// @throws CancellationException if the task, or the wait for it, was given up
  /// @throws IllegalStateException if this is closed, or a task of this calls it
  public <T> T call(Callable<T> task) {
    return call(1, task);
  }

  /// Runs a task once all before it are done, and no other until it is.
  ///
  /// @throws CancellationException if the task, or the wait for it, was given up
  /// @throws IllegalStateException if this is closed, or a task of this calls it
  public <T> T callAlone(Callable<T> task) {
    return call(most, task);
  }

  private <T> T call(int wanted, Callable<T> task) {
    requireOutside();
    try {
      places.acquire(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the engine was at work");
    }
    EngineThread thread = take(wanted);
    AtomicBoolean ended = new AtomicBoolean();
    try {
      return thread.call(() -> {
        try {
          return task.call();
        } finally {
          ended.set(true);
        }
      });
    } finally {
      if (ended.get()) {
        giveBack(thread, wanted);
      } else { // it was given up, and may be under way: its thread is free after it
        thread.afterwards(() -> giveBack(thread, wanted));
      }
    }
  }

  private synchronized void requireOutside() {
    if (begun.stream().anyMatch(EngineThread::isCurrent)) {
      throw new IllegalStateException("a task of the engine waits for the engine");
    }
  }

  private synchronized EngineThread take(int taken) {
    if (!idle.isEmpty()) {
      return idle.removeFirst();
    }
    try {
      EngineThread next = new EngineThread(name + "-" + (begun.size() + 1), threads);
      begun.add(next);
      return next;
    } catch (RuntimeException | Error e) {
      places.release(taken);
      throw e;
    }
  }

  private void giveBack(EngineThread thread, int places) {
    synchronized (this) {
      idle.addFirst(thread);
    }
    this.places.release(places);
  }

  /// Takes no more tasks, and waits for those that it has.
  @Override
  public void close() {
    List<EngineThread> all;
    synchronized (this) {
      all = List.copyOf(begun);
    }
    all.forEach(EngineThread::close);
  }
}
