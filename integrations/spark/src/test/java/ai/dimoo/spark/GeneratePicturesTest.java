package ai.dimoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ModelOptions;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.Dtype;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeneratePicturesTest {

  private static final GeneratePictures FEW_STEPS =
      GeneratePictures.with(LocalSpark.MODEL).setting("timesteps", 3);

  private static SparkSession spark;

  private static Map<String, Row> rows;

  @BeforeAll
  static void open() {
    spark = LocalSpark.open();
    rows = byId(FEW_STEPS.apply(requests().coalesce(1)));
  }

  private static Dataset<Row> requests() {
    return LocalSpark.frame(
        spark,
        "id STRING, prompt STRING, seed BIGINT, timesteps INT",
        new Object[] {"a", "a red circle", null, null},
        new Object[] {"b", "a blue square", 5L, 2},
        new Object[] {"c", "", null, null},
        new Object[] {"d", "a purple joystick", null, null},
        new Object[] {"e", "a green ring", null, -1},
        new Object[] {null, "a green ring", null, null});
  }

  private static Map<String, Row> byId(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .collect(
            Collectors.toMap(row -> String.valueOf(row.<String>getAs("id")), Function.identity()));
  }

  @Test
  void aPictureIsWhatTheLibraryMakes() {
    Row row = rows.get("b");
    try (Dimoo dimoo =
        Dimoo.open(
            LocalSpark.MODEL.path(),
            ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1))) {
      GeneratedPicture expected =
          dimoo.generate(TextToImage.of("a blue square").seed(5L).timesteps(2).build());
      byte[] png = row.getAs("png");
      assertThat(ImageFiles.read(png, "png")).isEqualTo(expected.picture());
      assertThat(row.<Integer>getList(row.fieldIndex("tokens")))
          .containsExactlyElementsOf(Arrays.stream(expected.codes().codes()).boxed().toList());
      assertThat(row.<String, String>getJavaMap(row.fieldIndex("recipe")))
          .isEqualTo(expected.recipe().toTexts());
      assertThat(row.<String>getAs("error")).isNull();
      // what stands in the column makes the same picture again
      Recipe recipe = Recipe.ofTexts(row.getJavaMap(row.fieldIndex("recipe")), "recipe");
      assertThat(dimoo.generate(recipe.request(Recipe.Inputs.NONE)).picture())
          .isEqualTo(expected.picture());
    }
  }

  @Test
  void aRowThatFailsIsARowWithAnError() {
    assertThat(rows).hasSize(6);
    assertThat(rows.get("c").<String>getAs("error")).contains("prompt");
    assertThat(rows.get("c").<byte[]>getAs("png")).isNull();
    assertThat(rows.get("e").<String>getAs("error")).contains("timesteps", "-1");
    assertThat(rows.get("null").<String>getAs("error")).contains("id");
    assertThat(rows.get("a").<String>getAs("error")).isNull();
    assertThat(rows.get("a").getList(rows.get("a").fieldIndex("warnings"))).isEmpty();
    assertThat(rows.get("d").<String>getList(rows.get("d").fieldIndex("warnings")))
        .anyMatch(warning -> warning.contains("joystick"));
  }

  @Test
  void partitionsDoNotChangePictures() {
    Dataset<Row> some = requests().where("id < 'c'").repartition(2);
    Map<String, Row> again = byId(FEW_STEPS.apply(some));

    assertThat(again).containsOnlyKeys("a", "b");
    again.forEach((id, row) ->
        assertThat(row.<byte[]>getAs("png")).as(id).isEqualTo(rows.get(id).getAs("png")));
    Row other = byId(FEW_STEPS.setting("seed", 1).apply(some)).get("a");
    assertThat(other.<byte[]>getAs("png")).isNotEqualTo(rows.get("a").getAs("png"));
  }

  @Test
  void picturesAreMadeFromPictures() {
    byte[] grey = ImageFiles.encodePng(Picture.filled(new Size(128, 128), 0x808080), Map.of());
    Map<String, Row> rows =
        byId(
            FEW_STEPS.apply(
                LocalSpark.frame(
                    spark,
                    "id STRING, prompt STRING, task STRING, image BINARY",
                    new Object[] {"in", "a red circle", "inpaint", grey},
                    new Object[] {"not", "a red circle", "inpaint", new byte[] {1, 2}},
                    new Object[] {"none", "a red circle", "inpaint", null},
                    new Object[] {"untrained", "", "multi_view_below", grey})));

    assertThat(rows.get("in").<String>getAs("error")).isNull();
    assertThat(rows.get("in").<String, String>getJavaMap(rows.get("in").fieldIndex("recipe")))
        .containsEntry("task", "inpaint");
    for (String id : List.of("not", "none")) {
      assertThat(rows.get(id).<String>getAs("error")).contains("image");
    }
    assertThat(rows.get("untrained").<String>getAs("error")).contains("multi_view_below");
  }

  @Test
  void whatNoRowCanMendIsSaidAtOnce() {
    assertThatThrownBy(() -> FEW_STEPS.setting("timestep", 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("timesteps");
    assertThatThrownBy(() -> FEW_STEPS.apply(FEW_STEPS.apply(requests())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column png");
    assertThatThrownBy(() ->
            GeneratePictures.with(SparkModel.at("/no/model")).apply(requests()).collectAsList())
        .hasStackTraceContaining("/no/model");
  }
}
