package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.memory.FreeMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Memory for what is computed at the same time: what begins beside others waits until there is
/// room for all of them. What those under way have taken already is counted as still to be taken,
/// so that it is rather too little that begins than too much. Thread-safe.
final class MemoryRoom {

  /// How often one that waits looks whether it is still wanted.
  private static final long LOOK_MILLIS = 200;

  private final MemoryPlan plan;
  private final Supplier<FreeMemory> free;
  private final Deque<Object> turns =
      new ArrayDeque<>(); // of those that wait, so that none is passed
  private long held;

  /// @param plan what work takes
  /// @param free what there is at a moment
  MemoryRoom(MemoryPlan plan, Supplier<FreeMemory> free) {
    this.plan = plan;
    this.free = free;
  }

  /// What one request holds, until it is closed.
  interface Held extends AutoCloseable {

    /// Where nothing is reckoned.
    Held NOTHING = () -> {};

    @Override
    void close();
  }

  /// Takes the room for a request's work, once it is there.
  ///
  /// @param cancelled asked while it waits for others
  /// @throws ai.dimoo.error.EnvironmentException if there is none even where it is alone
  /// @throws CancellationException if it was cancelled while it waited
  Held hold(Work work, BooleanSupplier cancelled) {
    long bytes = plan.step(work);
    Object turn = new Object();
    queueUp(turn);
    try {
      while (!take(bytes, work, turn)) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("cancelled while it waited for memory");
        }
      }
    } finally {
      leave(turn);
    }
    return () -> release(bytes);
  }

  private synchronized void queueUp(Object turn) {
    turns.add(turn);
  }

  private synchronized void leave(Object turn) {
    turns.remove(turn);
    notifyAll();
  }

  private synchronized boolean take(long bytes, Work work, Object turn) {
    FreeMemory now = free.get();
    if (turns.peekFirst() != turn || held > 0 && held + bytes > now.bytes()) {
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while it waited for memory");
      }
      return false;
    }
    plan.require(work, now);
    held += bytes;
    return true;
  }

  private synchronized void release(long bytes) {
    held -= bytes;
    notifyAll();
  }
}
