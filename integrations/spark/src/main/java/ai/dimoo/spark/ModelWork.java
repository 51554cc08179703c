package ai.dimoo.spark;

import ai.dimoo.ModelOptions;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.spark.AddedColumns.Begin;
import ai.dimoo.spark.AddedColumns.TaskFailure;
import ai.dimoo.spark.AddedColumns.Work;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;

/// Work on rows with this process's model. That there is no usable model fails the task, not the
/// row: another machine may have one.
///
/// @param model which one
/// @param type what it is opened as
/// @param opener how it is opened
/// @param choices with what else: models of other choices are other models
/// @param each what is done for a row
record ModelWork<M extends AutoCloseable>(
    SparkModel model, Class<M> type, SerialOpener<M> opener, List<String> choices, Each<M> each)
    implements Begin {

  /// How a model is opened, on any machine.
  @FunctionalInterface
  interface SerialOpener<M extends AutoCloseable> extends ProcessModel.Opener<M>, Serializable {}

  /// What is done for a row.
  @FunctionalInterface
  interface Each<M> extends Serializable {

    /// The values of the added columns.
    Object[] values(M model, RowValues row, ProgressListener listener);
  }

  @Override
  public Work work() {
    TaskContext task = TaskContext.get();
    ProgressListener listener = new UntilKilled(task);
    ProcessModel.Choice<M> choice = choice(task);
    return row -> {
      if (listener.cancelled()) {
        throw new CancellationException("the task was killed");
      }
      return ProcessModel.with(choice, opened -> each.values(opened, row, listener));
    };
  }

  private ProcessModel.Choice<M> choice(TaskContext task) {
    try {
      ModelOptions options = model.options(task);
      List<Object> key = List.of(type, model, options, choices);
      return new ProcessModel.Choice<>(type, key, model.path(), options, opener);
    } catch (RuntimeException e) {
      throw new TaskFailure(e);
    }
  }

  /// Ends a picture or an answer under way when Spark kills its task, or the process ends.
  private record UntilKilled(TaskContext task) implements ProgressListener {

    @Override
    public void onStep(Step step) {}

    @Override
    public boolean cancelled() {
      return task.isInterrupted() || ProcessModel.isEnding();
    }
  }
}
