package ai.dimoo.spark.example;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import ai.dimoo.spark.AskQuestions;
import ai.dimoo.spark.GeneratePictures;
import ai.dimoo.spark.ScoreResults;
import ai.dimoo.spark.SparkModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// The example of docs/spark.md, in one process.
public final class DrawAndAsk {

  private DrawAndAsk() {}

  /// @param arguments the folder of the model
  public static void main(String[] arguments) throws Exception {
    String folder = arguments[0];
    // example
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      Dataset<Row> requests =
          spark.sql(
              """
              VALUES ('one', 'a fox to the left of a pizza'),
                     ('two', 'a cat'),
                     ('three', ''),
                     ('four', 'a joystick')
              AS requests(id, prompt)\
              """);
      SparkModel model = SparkModel.at(folder);
      Dataset<Row> drawn = GeneratePictures.with(model).apply(requests);
      Dataset<Row> questions =
          drawn
              .withColumn("image", col("png"))
              .withColumn("question", lit("What is to the right of the fox?"))
              .withColumn("expected", lit("a pizza"));
      Dataset<Row> answers = ScoreResults.apply(AskQuestions.with(model).apply(questions));
      answers.select("id", "recipe.seed", "warnings", "answer", "right", "error").show(false);
    }
    // end
  }
}
