package ai.dimoo.spark;

import static ai.dimoo.spark.AddedColumns.column;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ProgressListener;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/// Makes a picture for each row of a frame.
///
/// ```java
/// var generate = GeneratePictures.with(SparkModel.at("/models/pocket")).setting("timesteps", 16);
/// Dataset<Row> pictures = requests.transform(generate::apply);
/// ```
///
/// Columns that are read, all but `id` and `prompt` optional, null as if not there:
///
/// | column | type | |
/// |---|---|---|
/// | `id` | any | tells the row apart; the seed is made of it |
/// | `prompt` | string | what the picture is to show; null for tasks that have a sentence of their own |
/// | `task` | string | `text_to_image`, `inpaint`, or an editing task; null: `text_to_image` without an image, `inpaint` with one and a mask, else `other` |
/// | `image` | binary | PNG, JPEG or WebP: the picture to work on |
/// | `mask` | binary | PNG: what of it is repainted, transparent or light |
/// | `reference` | binary | the picture whose style to take |
/// | `width`, `height` | int | pixels, for pictures of words alone |
/// | `seed`, `timesteps`, `cfg_scale`, … | any | {@link ai.dimoo.request.SamplingTable}'s settings for this row |
///
/// Columns that are added to them:
///
/// | column | type | |
/// |---|---|---|
/// | `png` | binary | the picture, with its recipe and codes inside |
/// | `tokens` | array of int | its codes, row by row |
/// | `recipe` | map of strings | everything that makes it again, the seed among it |
/// | `warnings` | array of string | what of the request lies beyond what the model knows |
/// | `error` | string | why there is none, and the others are null; else null. A row that comes with an error keeps it, and has no picture |
///
/// Immutable; may be applied to any number of frames.
public final class GeneratePictures {

  private static final List<SamplingKind> KINDS = List.of(SamplingKind.PICTURE, SamplingKind.EDIT);
  private static final AddedColumns ADDED =
      new AddedColumns(
          List.of(
              column("png", DataTypes.BinaryType),
              column("tokens", DataTypes.createArrayType(DataTypes.IntegerType, false)),
              column("recipe", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType)),
              column("warnings", DataTypes.createArrayType(DataTypes.StringType, false))));
  private static final String OTHER = "other";
  private static final String IMAGE = "image";

  private final SparkModel model;
  private final RowSettings settings;

  private GeneratePictures(SparkModel model, RowSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /// As the model samples by itself, with seeds from the rows' ids.
  public static GeneratePictures with(SparkModel model) {
    return new GeneratePictures(model, RowSettings.NONE);
  }

  /// The same with a setting for rows that do not say otherwise. `seed` gives other pictures for
  /// the same ids: each row's seed is made of both.
  ///
  /// @param name such as `timesteps`, see {@link ai.dimoo.request.SamplingTable}
  /// @throws ai.dimoo.error.UserException if there is no such setting, or it does not take the
  ///   value
  public GeneratePictures setting(String name, Object value) {
    return new GeneratePictures(model, settings.with(name, value, KINDS));
  }

  /// The rows with their pictures, made when they are needed: write the result before it is used
  /// twice.
  ///
  /// @throws ai.dimoo.error.UserException if the frame has one of the added columns already
  public Dataset<Row> apply(Dataset<Row> requests) {
    RowSettings used = settings;
    return ADDED.to(
        requests,
        new ModelWork<>(
            model,
            Dimoo.class,
            Dimoo::open,
            List.of(),
            (dimoo, row, listener) -> values(dimoo, request(row, used), listener)));
  }

  private static Object[] values(Dimoo dimoo, ImageRequest request, ProgressListener listener) {
    GeneratedPicture made = dimoo.generate(request, listener);
    return new Object[] {
      ImageFiles.encodePng(made.picture(), made.toTexts()),
      made.codes().codes(),
      CollectionConverters.asScala(made.recipe().toTexts()),
      made.notes().toArray(String[]::new)
    };
  }

  private static ImageRequest request(RowValues row, RowSettings settings) {
    String prompt = row.text("prompt") == null ? "" : row.required("prompt");
    String task = row.text("task") == null ? usualTask(row) : row.required("task");
    return switch (task) {
      case TextToImage.TASK ->
          new TextToImage(
              prompt,
              row.whole("width"),
              row.whole("height"),
              settings.of(row, SamplingKind.PICTURE));
      case Inpaint.TASK ->
          new Inpaint(prompt, image(row), area(row), settings.of(row, SamplingKind.PICTURE));
      default ->
          new Edit(
              Task.named(task),
              prompt,
              image(row),
              row.picture("reference"),
              settings.of(row, SamplingKind.EDIT));
    };
  }

  private static String usualTask(RowValues row) {
    if (row.value(IMAGE) == null) {
      return TextToImage.TASK;
    }
    return row.value("mask") == null ? OTHER : Inpaint.TASK;
  }

  private static Picture image(RowValues row) {
    Picture image = row.picture(IMAGE);
    if (image == null) {
      throw RowValues.missing(IMAGE);
    }
    return image;
  }

  private static PaintArea area(RowValues row) {
    byte[] mask = row.bytes("mask");
    return mask == null
        ? Inpaint.DEFAULT_AREA
        : new PaintArea.Marked(ImageFiles.readMask(mask, "mask"));
  }
}
