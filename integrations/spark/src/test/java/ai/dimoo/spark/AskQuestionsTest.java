package ai.dimoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import ai.dimoo.torch.Dtype;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class AskQuestionsTest {

  private static final Picture RED = Picture.filled(new Size(128, 128), 0xff0000);
  private static final byte[] FILE = ImageFiles.encodePng(RED, Map.of());
  private static final String QUESTION = "how many circles are there?";

  private final SparkSession spark = LocalSpark.open();

  @Test
  void anAnswerIsWhatTheLibrarySaysAndItsScoreFollows() {
    Dataset<Row> questions =
        LocalSpark.frame(
            spark,
            "id STRING, question STRING, image BINARY, expected STRING, error STRING",
            new Object[] {"asked", QUESTION, FILE, "Certainly not this.", null},
            new Object[] {"no picture", QUESTION, null, "none", null},
            new Object[] {"failed before", QUESTION, FILE, "none", "for another reason"});

    List<Row> rows =
        ScoreResults.apply(AskQuestions.with(LocalSpark.MODEL).apply(questions)).collectAsList();

    try (Dimoo dimoo =
        Dimoo.open(
            LocalSpark.MODEL.path(),
            ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1))) {
      Answer expected =
          dimoo.ask(Ask.of(QUESTION).image(RED).seed(RowSettings.seed("asked", null)).build());
      Row asked = rows.getFirst();
      assertThat(asked.<String>getAs("error")).isNull();
      assertThat(asked.<String>getAs("answer")).isEqualTo(expected.text());
      assertThat(asked.<Integer>getList(asked.fieldIndex("answer_tokens")))
          .containsExactlyElementsOf(Arrays.stream(expected.tokens()).boxed().toList());
      assertThat(asked.<String, String>getJavaMap(asked.fieldIndex("answer_recipe")))
          .containsEntry("seed", Long.toString(expected.seed()))
          .containsEntry("model_fingerprint", expected.model().fingerprint());
      assertThat(asked.<Double>getAs("right")).isZero();
    }
    assertThat(rows.get(1).<String>getAs("error")).contains("image");
    assertThat(rows.get(2).<String>getAs("error")).isEqualTo("for another reason");
    assertThat(rows.get(2).<String>getAs("answer")).isNull();
  }

  @Test
  void picturesAndAnswersAreScoredByWhatTheyShouldBe() {
    byte[] blue = ImageFiles.encodePng(Picture.filled(new Size(128, 128), 0x0000ff), Map.of());
    byte[] small = ImageFiles.encodePng(Picture.filled(new Size(8, 8), 0x0000ff), Map.of());
    List<Row> rows =
        ScoreResults.apply(
                LocalSpark.frame(
                    spark,
                    "png BINARY, truth BINARY, answer STRING, expected STRING",
                    new Object[] {FILE, FILE, " Two. ", "two"},
                    new Object[] {FILE, blue, null, null},
                    new Object[] {FILE, small, null, null},
                    new Object[] {null, null, "two", null}))
            .collectAsList();

    assertThat(rows.get(0).<Double>getAs("psnr")).isInfinite();
    assertThat(rows.get(0).<Double>getAs("right")).isOne();
    // of three levels two differ by 255: 10·log10(3/2)
    assertThat(rows.get(1).<Double>getAs("psnr")).isBetween(1.7609, 1.7610);
    assertThat(rows.get(1).<Double>getAs("right")).isNull();
    assertThat(rows.get(2).<String>getAs("error")).contains("128x128", "8x8");
    assertThat(rows.get(3).<String>getAs("error")).contains("expected");
  }
}
