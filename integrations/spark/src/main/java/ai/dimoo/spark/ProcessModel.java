package ai.dimoo.spark;

import ai.dimoo.ModelOptions;
import ai.dimoo.spark.AddedColumns.TaskFailure;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one model of this process: opened by the first row that needs it, kept from task to task,
/// closed when the process ends. Another one takes its place. Rows take turns, in the order in
/// which they come, so that a process that runs several tasks at a time has still one model, and
/// one row's memory.
final class ProcessModel {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessModel.class);
  private static final ReentrantLock TURN = new ReentrantLock(true);

  // static because Spark gives tasks no other place that lives as long as their process
  private static @Nullable Choice<?> choice; // guarded by TURN
  private static @Nullable AutoCloseable model; // guarded by TURN
  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ProcessModel::end, "dimoo-close"));
  }

  private ProcessModel() {}

  /// How a model is opened.
  @FunctionalInterface
  interface Opener<M extends AutoCloseable> {

    M open(Path folder, ModelOptions options);
  }

  /// Which model is wanted, and how it is opened.
  ///
  /// @param key equal for models that are the same
  record Choice<M extends AutoCloseable>(
      Class<M> type, Object key, Path folder, ModelOptions options, Opener<M> opener) {

    boolean isSameAs(@Nullable Choice<?> other) {
      return other != null && key.equals(other.key);
    }
  }

  /// Does a row's work with the model, opened if need be.
  ///
  /// @throws CancellationException if the process ends, or this thread was interrupted meanwhile
  /// @throws TaskFailure if it cannot be opened
  static <M extends AutoCloseable, R> R with(Choice<M> wanted, Function<M, R> work) {
    try {
      TURN.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while another task had the model");
    }
    try {
      return work.apply(opened(wanted));
    } finally {
      TURN.unlock();
    }
  }

  private static <M extends AutoCloseable> M opened(Choice<M> wanted) {
    if (ending) {
      throw new CancellationException("the process ends");
    }
    if (model == null || !wanted.isSameAs(choice)) {
      close();
      model = open(wanted);
      choice = wanted;
      LOG.info("opened {} on {}", wanted.folder(), wanted.options().device());
    }
    return wanted.type().cast(model);
  }

  private static AutoCloseable open(Choice<?> wanted) {
    try {
      return wanted.opener().open(wanted.folder(), wanted.options());
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TaskFailure(e);
    }
  }

  /// Whether the process ends, so that what is under way is given up.
  static boolean isEnding() {
    return ending;
  }

  private static void end() {
    ending = true;
    TURN.lock();
    try {
      close();
    } finally {
      TURN.unlock();
    }
  }

  private static void close() {
    AutoCloseable closing = model;
    model = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (Exception e) {
        LOG.warn("could not close the model", e);
      }
    }
  }
}
