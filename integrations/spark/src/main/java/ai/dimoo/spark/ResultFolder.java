package ai.dimoo.spark;

import ai.dimoo.error.EnvironmentException;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/// A folder of Parquet files with the results of a job. A job that was killed and is started again
/// does the rows whose ids are missing: each file is there as soon as its rows are done, whatever
/// becomes of the driver.
///
/// @param folder on a file system of all machines on which renaming is whole or not at all (HDFS,
///   NFS; not an object store)
public record ResultFolder(String folder) {

  /// Lets each task put its file into its place when it is done, not the driver all at the end.
  private static final String COMMIT = "mapreduce.fileoutputcommitter.algorithm.version";

  private static final String AT_ONCE = "2";

  /// The requests whose ids have no result. A row with an error is a result.
  ///
  /// @param requests with a column `id`
  public Dataset<Row> missing(Dataset<Row> requests) {
    SparkSession spark = requests.sparkSession();
    return isEmpty(spark)
        ? requests
        : requests.join(
            files(spark).select(id().as("done")), id().equalTo(functions.col("done")), "left_anti");
  }

  /// Does the requests whose ids have no result, and adds the results to the folder.
  ///
  /// @param requests with a column `id`, a different one in each row
  /// @param operation such as {@link GeneratePictures#apply}
  /// @param rowsPerFile a killed driver loses at most so many rows for each task under way; at
  ///   least 1
  /// @return how many rows were done
  public long write(Dataset<Row> requests, UnaryOperator<Dataset<Row>> operation, int rowsPerFile) {
    if (rowsPerFile < 1) {
      throw new IllegalArgumentException("rowsPerFile must be at least 1, found " + rowsPerFile);
    }
    Dataset<Row> missing = missing(requests);
    long rows = missing.count();
    if (rows > 0) {
      int files = Math.toIntExact(Math.ceilDiv(rows, rowsPerFile));
      operation
          .apply(missing.repartition(files))
          .write()
          .mode(SaveMode.Append)
          .option(COMMIT, AT_ONCE)
          .parquet(folder);
    }
    return rows;
  }

  /// All results that there are, each id once: a task that is lost after its file is in its place
  /// is done again, and its rows are there twice, alike.
  public Dataset<Row> read(SparkSession spark) {
    return files(spark).dropDuplicates(RowSettings.ID);
  }

  private Dataset<Row> files(SparkSession spark) {
    return spark.read().parquet(folder);
  }

  private static Column id() {
    return functions.col(RowSettings.ID).cast("string");
  }

  private boolean isEmpty(SparkSession spark) {
    Path pattern = new Path(folder, "*.parquet");
    try {
      FileStatus[] found =
          pattern.getFileSystem(spark.sessionState().newHadoopConf()).globStatus(pattern);
      return found == null || found.length == 0;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot look into the folder %s: %s.".formatted(folder, e.getMessage()), e);
    }
  }
}
