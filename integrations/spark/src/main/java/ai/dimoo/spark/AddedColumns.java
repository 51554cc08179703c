package ai.dimoo.spark;

import ai.dimoo.error.DimooException;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.error.Wording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Columns that an operation adds to a frame, row by row, and `error`, if it is not there yet: a
/// row that fails has its reason in it and null in the added ones. A row that comes with an error
/// keeps it, and nothing is done for it, so that operations follow one another. Immutable.
///
/// @param fields the columns, without `error`
record AddedColumns(List<StructField> fields) {

  /// Why a row failed; null: it did not.
  static final String ERROR = "error";

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

  static StructField column(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  /// What is done for a row.
  @FunctionalInterface
  interface Work {

    /// The values of the added columns. A {@link CancellationException} and an {@link Error} fail
    /// the task, and so does {@link TaskFailure}; other exceptions fail the row.
    Object[] values(RowValues row);
  }

  /// The work for one partition, begun on the machine that does it.
  @FunctionalInterface
  interface Begin extends Serializable {

    Work work();
  }

  /// What fails without regard to the row.
  static final class TaskFailure extends RuntimeException {

    TaskFailure(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// @throws UserException if the frame has one of the columns already, or an `error` that is no
  ///   text
  Dataset<Row> to(Dataset<Row> rows, Begin begin) {
    List<String> there = Arrays.asList(rows.columns());
    for (StructField field : fields) {
      if (there.contains(field.name())) {
        throw new UserException(
            "The frame has a column %s, which this operation adds: rename or drop it."
                .formatted(field.name()));
      }
    }
    List<StructField> all = new ArrayList<>(Arrays.asList(rows.schema().fields()));
    all.addAll(fields);
    int error = there.indexOf(ERROR);
    if (error < 0) {
      all.add(column(ERROR, DataTypes.StringType));
    } else if (!rows.schema().apply(error).dataType().equals(DataTypes.StringType)) {
      throw new UserException(
          "The frame has a column error of another type than string: rename or drop it.");
    }
    StructType schema = DataTypes.createStructType(all);
    int place = error < 0 ? all.size() - 1 : error;
    MapPartitionsFunction<Row, Row> each =
        partition -> each(partition, begin.work(), schema, place);
    return rows.mapPartitions(each, Encoders.row(schema));
  }

  private static Iterator<Row> each(Iterator<Row> rows, Work work, StructType schema, int error) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return added(rows.next(), work, schema, error);
      }
    };
  }

  private static Row added(Row row, Work work, StructType schema, int error) {
    @Nullable Object[] values = new Object[schema.size()];
    IntStream.range(0, row.size()).forEach(i -> values[i] = row.get(i));
    if (values[error] != null) {
      return new GenericRowWithSchema(values, schema);
    }
    try {
      Object[] more = work.values(new RowValues(row));
      System.arraycopy(more, 0, values, row.size(), more.length);
    } catch (CancellationException | TaskFailure e) {
      throw e;
    } catch (DimooException e) {
      values[error] = e.in(COLUMNS);
    } catch (RuntimeException e) {
      values[error] = e.toString();
    }
    // an operation that follows may be given the row itself, and reads it by its names
    return new GenericRowWithSchema(values, schema);
  }
}
