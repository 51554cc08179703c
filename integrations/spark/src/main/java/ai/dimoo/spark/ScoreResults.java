package ai.dimoo.spark;

import static ai.dimoo.spark.AddedColumns.column;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.SquaredError;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/// Scores each row of a frame: a picture by the one that it should be, an answer by the one that is
/// expected. No model is needed. `avg` and `groupBy` make tables of the scores.
///
/// Columns that are read; a pair counts where the frame has both, and then a row has both or none:
///
/// | column | type | |
/// |---|---|---|
/// | `png`, `truth` | binary | the picture, and what it should be, of the same size |
/// | `answer`, `expected` | string | the answer, and what it should be |
///
/// Columns that are added to them:
///
/// | column | type | |
/// |---|---|---|
/// | `psnr` | double | peak signal-to-noise ratio over all pixels, in decibels; infinite: equal; null without pictures |
/// | `right` | double | 1 if the answer is the expected one but for case, space and a full stop, else 0; null without answers |
/// | `error` | string | why there is neither; else null. A row that comes with an error keeps it, and has no scores |
public final class ScoreResults {

  private static final AddedColumns ADDED =
      new AddedColumns(
          List.of(column("psnr", DataTypes.DoubleType), column("right", DataTypes.DoubleType)));

  private ScoreResults() {}

  /// The rows with their scores.
  ///
  /// @throws UserException if the frame has one of the added columns already
  public static Dataset<Row> apply(Dataset<Row> results) {
    return ADDED.to(results, () -> ScoreResults::values);
  }

  private static Object[] values(RowValues row) {
    @Nullable Object[] scores = {
      hasBoth(row, "png", "truth") ? psnr(row.picture("png"), row.picture("truth")) : null,
      hasBoth(row, "answer", "expected") ? right(row.text("answer"), row.text("expected")) : null
    };
    return scores;
  }

  /// @throws UserException if both columns are there, and one of them is null
  private static boolean hasBoth(RowValues row, String one, String other) {
    boolean there = row.value(one) != null && row.value(other) != null;
    boolean neither = row.value(one) == null && row.value(other) == null;
    if (!there && !neither && row.has(one) && row.has(other)) {
      throw RowValues.missing(row.value(one) == null ? one : other);
    }
    return there;
  }

  private static double psnr(Picture made, Picture truth) {
    if (!made.size().equals(truth.size())) {
      throw new UserException(
          "png is %s and truth %s: give pictures of one size."
              .formatted(made.size(), truth.size()));
    }
    SquaredError error = SquaredError.of(made, truth);
    return error.sum() == 0 ? Double.POSITIVE_INFINITY : error.psnr();
  }

  private static double right(String answer, String expected) {
    return said(answer).equals(said(expected)) ? 1 : 0;
  }

  private static String said(String answer) {
    return answer.strip().toLowerCase(Locale.ROOT).replaceAll("[.。]$", "").strip();
  }
}
