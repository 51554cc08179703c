package ai.dimoo.spark;

import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.error.DimooException;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.error.Wording;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Columns that a model adds to a frame, row by row, and after them `error`: a row that fails has
/// its reason there and null in the others. What fails without regard to the row, such as a model
/// that is not there, fails the task.
///
/// @param model which one
/// @param type what it is opened as
/// @param opener how it is opened
/// @param added the columns, without `error`
/// @param work a row's values of them
record ModelColumns<M extends AutoCloseable>(
    SparkModel model, Class<M> type, SerialOpener<M> opener, List<StructField> added, Work<M> work)
    implements Serializable {

  /// The column that says why a row failed; null: it did not.
  static final String ERROR = "error";

  /// How a model is opened, on any machine.
  @FunctionalInterface
  interface SerialOpener<M extends AutoCloseable> extends ProcessModel.Opener<M>, Serializable {}

  /// What is done for a row.
  @FunctionalInterface
  interface Work<M> extends Serializable {

    /// The values of the added columns.
    Object[] values(M model, RowValues row, ProgressListener listener);
  }

  static StructField column(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  /// @throws UserException if the frame has one of the columns already
  Dataset<Row> appendTo(Dataset<Row> rows) {
    List<StructField> all =
        Stream.concat(added.stream(), Stream.of(column(ERROR, DataTypes.StringType))).toList();
    List<String> there = Arrays.asList(rows.columns());
    all.stream()
        .map(StructField::name)
        .filter(there::contains)
        .findFirst()
        .ifPresent(name -> {
          throw new UserException(
              "The frame has a column %s, which this operation adds: rename or drop it."
                  .formatted(name));
        });
    StructType schema =
        DataTypes.createStructType(
            Stream.concat(Arrays.stream(rows.schema().fields()), all.stream()).toList());
    MapPartitionsFunction<Row, Row> each = this::partition;
    return rows.mapPartitions(each, Encoders.row(schema));
  }

  private Iterator<Row> partition(Iterator<Row> rows) {
    TaskContext task = TaskContext.get();
    ProgressListener listener = new UntilKilled(task);
    return new Iterator<>() {
      private ProcessModel.@Nullable Choice<M> choice;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        if (choice == null) { // an empty partition needs no model
          choice = new ProcessModel.Choice<>(type, model.path(), model.options(task), opener);
        }
        return ProcessModel.with(choice, opened -> computed(opened, row, listener));
      }
    };
  }

  private Row computed(M opened, Row row, ProgressListener listener) {
    if (listener.cancelled()) {
      throw new CancellationException("the task was killed");
    }
    Object[] values = new Object[row.size() + added.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    try {
      Object[] more = work.values(opened, new RowValues(row), listener);
      System.arraycopy(more, 0, values, row.size(), more.length);
    } catch (CancellationException e) {
      throw e;
    } catch (DimooException e) {
      values[values.length - 1] = e.in(COLUMNS);
    } catch (RuntimeException e) {
      values[values.length - 1] = e.toString();
    }
    return RowFactory.create(values);
  }

  /// Speaks of columns.
  private static final Wording COLUMNS =
      new Wording() {
        @Override
        public String field(String name) {
          return name;
        }

        @Override
        public String remedy(Remedy remedy) {
          return Wording.LIBRARY.remedy(remedy);
        }
      };

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
