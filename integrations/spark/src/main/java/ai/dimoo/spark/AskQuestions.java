package ai.dimoo.spark;

import static ai.dimoo.spark.AddedColumns.column;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.ProgressListener;
import ai.dimoo.request.Ask;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/// Answers a question about pictures for each row of a frame.
///
/// Columns that are read, null as if not there:
///
/// | column | type | |
/// |---|---|---|
/// | `id` | any | tells the row apart; the seed is made of it |
/// | `question` | string | in words |
/// | `image` | binary, or array of binary | PNG, JPEG or WebP: what it is about |
/// | `seed`, `steps`, `gen_length`, … | any | {@link SamplingTable}'s settings for this row |
///
/// Columns that are added to them:
///
/// | column | type | |
/// |---|---|---|
/// | `answer` | string | in words |
/// | `answer_tokens` | array of int | its tokens |
/// | `answer_recipe` | map of strings | settings and model, the seed among them |
/// | `answer_warnings` | array of string | what of the question lies beyond what the model knows |
/// | `error` | string | why there is none, and the others are null; else null. A row that comes with an error keeps it, and has no answer |
///
/// Immutable; may be applied to any number of frames.
public final class AskQuestions {

  private static final List<SamplingKind> KINDS = List.of(SamplingKind.ANSWER);
  private static final AddedColumns ADDED =
      new AddedColumns(
          List.of(
              column("answer", DataTypes.StringType),
              column("answer_tokens", DataTypes.createArrayType(DataTypes.IntegerType, false)),
              column(
                  "answer_recipe",
                  DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType)),
              column("answer_warnings", DataTypes.createArrayType(DataTypes.StringType, false))));

  private final SparkModel model;
  private final RowSettings settings;
  private final boolean oneToken;

  private AskQuestions(SparkModel model, RowSettings settings, boolean oneToken) {
    this.model = model;
    this.settings = settings;
    this.oneToken = oneToken;
  }

  /// As the model samples by itself, with seeds from the rows' ids.
  public static AskQuestions with(SparkModel model) {
    return new AskQuestions(model, RowSettings.NONE, false);
  }

  /// The same with a setting for rows that do not say otherwise.
  ///
  /// @param name such as `steps`, see {@link SamplingTable}
  /// @throws ai.dimoo.error.UserException if there is no such setting, or it does not take the
  ///   value
  public AskQuestions setting(String name, Object value) {
    return new AskQuestions(model, settings.with(name, value, KINDS), oneToken);
  }

  /// The same with answers of one token from one forward pass, see {@link Ask#oneToken}.
  public AskQuestions oneToken() {
    return new AskQuestions(model, settings, true);
  }

  /// The rows with their answers, found when they are needed: write the result before it is used
  /// twice.
  ///
  /// @throws ai.dimoo.error.UserException if the frame has one of the added columns already
  public Dataset<Row> apply(Dataset<Row> questions) {
    RowSettings used = settings;
    boolean single = oneToken;
    return ADDED.to(
        questions,
        new ModelWork<>(
            model,
            Dimoo.class,
            Dimoo::open,
            List.of(),
            (dimoo, row, listener) -> values(dimoo, request(row, used, single), listener)));
  }

  private static Ask request(RowValues row, RowSettings settings, boolean oneToken) {
    return new Ask(
        row.required("question"),
        row.pictures("image"),
        oneToken,
        settings.of(row, SamplingKind.ANSWER));
  }

  private static Object[] values(Dimoo dimoo, Ask request, ProgressListener listener) {
    Answer answer = dimoo.ask(request, listener);
    return new Object[] {
      answer.text(),
      answer.tokens(),
      CollectionConverters.asScala(recipe(answer)),
      answer.notes().toArray(String[]::new)
    };
  }

  private static Map<String, String> recipe(Answer answer) {
    Map<String, String> recipe = new LinkedHashMap<>();
    for (SamplingField<?> field : SamplingTable.of(SamplingKind.ANSWER)) {
      Object value = field.of(answer.settings());
      if (value != null) {
        recipe.put(field.name(), value.toString());
      }
    }
    recipe.put("model", answer.model().name());
    recipe.put("model_fingerprint", answer.model().fingerprint());
    recipe.put("device", answer.model().device());
    recipe.put("dtype", answer.model().dtype());
    return recipe;
  }
}
