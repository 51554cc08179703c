package ai.dimoo.spark;

import static ai.dimoo.spark.AddedColumns.column;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.sequence.CodeGrid;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/// Turns each row of a frame, a record of training data, into tokens, as `dimoo prepare` does:
/// crops its pictures as the reference does and encodes them with the model's VQ encoder alone.
/// {@link RecordFolder} makes of the result what `dimoo train` reads.
///
/// Columns that are read, null as if not there; either `answer_image` or `answer_text` is needed:
///
/// | column | type | |
/// |---|---|---|
/// | `id` | any | tells the row apart |
/// | `user_prompt` | string | what is asked for: a caption, an instruction, a question |
/// | `user_image` | binary, or array of binary | PNG, JPEG or WebP: the pictures of the prompt |
/// | `answer_image` | binary | the picture to predict |
/// | `answer_text` | string | the answer to predict |
/// | `task` | string | where pictures become a picture: `edit_add`, `canny_control`, …; null: `other` |
///
/// Columns that are added to them:
///
/// | column | type | |
/// |---|---|---|
/// | `record_task` | string | the task |
/// | `user_codes` | array of (`rows`, `columns`, `tokens`) | the pictures of the prompt |
/// | `answer_codes` | (`rows`, `columns`, `tokens`) | the picture to predict |
/// | `codebook` | string | tells the codebook: codes mean nothing to another |
/// | `error` | string | why there is none, and the others are null; else null. A row that comes with an error keeps it, and is not prepared |
///
/// Immutable; may be applied to any number of frames.
public final class PrepareRecords {

  private static final DataType CODES =
      DataTypes.createStructType(
          List.of(
              column("rows", DataTypes.IntegerType),
              column("columns", DataTypes.IntegerType),
              column("tokens", DataTypes.createArrayType(DataTypes.IntegerType, false))));
  private static final AddedColumns ADDED =
      new AddedColumns(
          List.of(
              column("record_task", DataTypes.StringType),
              column("user_codes", DataTypes.createArrayType(CODES, false)),
              column("answer_codes", CODES),
              column("codebook", DataTypes.StringType)));

  private final SparkModel model;
  private final @Nullable Integer side;

  private PrepareRecords(SparkModel model, @Nullable Integer side) {
    this.model = model;
    this.side = side;
  }

  /// With crops of the model's own size.
  public static PrepareRecords with(SparkModel model) {
    return new PrepareRecords(model, null);
  }

  /// The same with another crop of pictures that words alone ask for.
  ///
  /// @param side they are cropped to about the area of its square, in pixels; at least 1
  /// @throws UserException if it is less
  public PrepareRecords side(int side) {
    if (side < 1) {
      throw new UserException("side is %d, expected a whole number of at least 1.".formatted(side));
    }
    return new PrepareRecords(model, side);
  }

  /// The rows as tokens, encoded when they are needed: write the result before it is used twice.
  ///
  /// @throws UserException if the frame has one of the added columns already
  public Dataset<Row> apply(Dataset<Row> records) {
    Integer square = side;
    return ADDED.to(
        records,
        new ModelWork<>(
            model,
            OpenedEncoder.class,
            (folder, options) -> OpenedEncoder.open(folder, options, square),
            square == null ? List.of() : List.of("side " + square),
            (encoder, row, listener) -> values(encoder, row)));
  }

  private static Object[] values(OpenedEncoder encoder, RowValues row) {
    Picture target = row.picture("answer_image");
    String answer = row.text("answer_text");
    if ((target == null) == (answer == null)) {
      throw new UserException("The row needs either answer_image or answer_text.");
    }
    List<Picture> pictures =
        row.value("user_image") == null ? List.of() : row.pictures("user_image");
    Task task = task(row.text("task"), pictures, answer != null);
    String words = row.text("user_prompt") == null ? "" : row.required("user_prompt");
    PreparedRecord record =
        encoder.encode(open -> open.encode(task, words, pictures, target, answer));
    return new Object[] {
      record.task().name(),
      record.pictures().stream().map(PrepareRecords::codes).toArray(Row[]::new),
      record.target() == null ? null : codes(record.target()),
      encoder.codebook()
    };
  }

  private static Row codes(CodeGrid grid) {
    return RowFactory.create(grid.rows(), grid.columns(), grid.codes());
  }

  private static Task task(@Nullable String name, List<Picture> pictures, boolean answer) {
    Task task = answer ? Task.UNDERSTANDING : task(name, pictures);
    boolean fits =
        task.family() == Task.Family.UNDERSTANDING
            ? !pictures.isEmpty()
            : task.family().pictures() == pictures.size();
    if (!fits) {
      throw new UserException(
          "The task %s takes %d pictures in user_image, found %d."
              .formatted(task, task.family().pictures(), pictures.size()));
    }
    return task;
  }

  private static Task task(@Nullable String name, List<Picture> pictures) {
    if (name == null) {
      return pictures.isEmpty() ? Task.TEXT_TO_IMAGE : Task.named("other");
    }
    return name.equals(Task.TEXT_TO_IMAGE.name()) ? Task.TEXT_TO_IMAGE : Task.named(name);
  }
}
