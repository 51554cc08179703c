package ai.dimoo.spark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/// Spark in this process, and the model that the tests use.
final class LocalSpark {

  static final SparkModel MODEL =
      SparkModel.at(Path.of("../../models/pocket").toAbsolutePath().normalize().toString())
          .withDevice("cpu")
          .withFormat("float32");

  private LocalSpark() {}

  /// The session of all tests that run here; it ends with the process.
  static SparkSession open() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /// A frame of rows.
  ///
  /// @param schema as `id STRING, prompt STRING`
  static Dataset<Row> frame(SparkSession spark, String schema, Object[]... rows) {
    List<Row> made = Arrays.stream(rows).map(RowFactory::create).toList();
    return spark.createDataFrame(made, StructType.fromDDL(schema));
  }
}
