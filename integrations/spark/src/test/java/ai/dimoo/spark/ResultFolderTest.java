package ai.dimoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {

  private final SparkSession spark = LocalSpark.open();

  @Test
  void onlyMissingIdsAreDone(@TempDir Path folder) {
    ResultFolder results = new ResultFolder(folder.resolve("results").toString());
    Dataset<Row> requests = spark.range(10).toDF("id");

    assertThat(results.write(requests.where("id < 4"), rows -> done(rows, "first"), 3))
        .isEqualTo(4);
    assertThat(results.missing(requests).count()).isEqualTo(6);
    assertThat(results.write(requests, rows -> done(rows, "second"), 3)).isEqualTo(6);
    assertThat(results.write(requests, rows -> done(rows, "third"), 3)).isZero();

    Dataset<Row> all = results.read(spark);
    assertThat(all.count()).isEqualTo(10);
    assertThat(all.where("run = 'first'").count()).isEqualTo(4);
    // what a task left that was done twice
    done(requests.where("id = 0"), "first").write().mode("append").parquet(results.folder());
    assertThat(results.read(spark).count()).isEqualTo(10);
  }

  private static Dataset<Row> done(Dataset<Row> rows, String run) {
    return rows.withColumn("run", functions.lit(run));
  }
}
