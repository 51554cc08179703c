package ai.dimoo.spark;

import ai.dimoo.error.DimooException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/// A job for `spark-submit`: a picture for each line of a file of JSON Lines, whose fields are
/// {@link GeneratePictures}' columns, into a folder of Parquet files. Started again, it makes what
/// is missing.
///
/// ```
/// spark-submit --class ai.dimoo.spark.DrawPictures … dimoo-spark.jar MODEL REQUESTS OUTPUT [NAME=VALUE…]
/// ```
public final class DrawPictures {

  private static final int ROWS_PER_FILE = 16;
  private static final String ROWS = "rows_per_file";
  private static final String USAGE =
      "Usage: DrawPictures MODEL REQUESTS.jsonl OUTPUT [NAME=VALUE…], the names %s (default: %d)"
              .formatted(ROWS, ROWS_PER_FILE)
          + " and those of settings, such as timesteps=16.";

  private DrawPictures() {}

  /// @param arguments model, requests, output, settings
  /// @throws IOException if Spark does not end
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try (SparkSession spark = SparkSession.builder().appName("DrawPictures").getOrCreate()) {
      run(spark, arguments);
    } catch (DimooException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(SparkSession spark, String[] arguments) {
    GeneratePictures generate = GeneratePictures.with(SparkModel.at(arguments[0]));
    int rowsPerFile = ROWS_PER_FILE;
    for (String pair : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      String[] setting = pair.split("=", 2);
      if (setting.length < 2) {
        throw new IllegalArgumentException(USAGE);
      }
      if (setting[0].equals(ROWS)) {
        rowsPerFile = Integer.parseInt(setting[1]);
      } else {
        generate = generate.setting(setting[0], setting[1]);
      }
    }
    ResultFolder output = new ResultFolder(arguments[2]);
    Dataset<Row> requests = spark.read().json(arguments[1]);
    long made = output.write(requests, generate::apply, rowsPerFile);
    Dataset<Row> results = output.read(spark);
    System.out.printf(
        "%d rows were missing; now there are %d, %d of them with an error.%n",
        made, results.count(), results.where(functions.col("error").isNotNull()).count());
  }
}
