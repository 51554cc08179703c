package ai.dimoo.spark;

import ai.dimoo.error.UserException;
import ai.dimoo.prompt.Task;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.records.RecordShard;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/// Prepared records in the files that `dimoo train` reads, as `dimoo prepare` writes them.
///
/// @param folder which all machines have under the same path; empty, or not there yet
public record RecordFolder(String folder) {

  /// Records of a file.
  private static final int SHARD = 128;

  private static final String RECORDS = "records-";

  /// Writes the records without errors, in the order of their ids, in files of about 128.
  ///
  /// @param prepared what {@link PrepareRecords} or {@link ResultFolder#read} gave
  /// @return how many records were written
  /// @throws UserException if the folder holds records already
  public long write(Dataset<Row> prepared) {
    Path target = Path.of(folder);
    String[] there = target.toFile().list((folder, name) -> name.startsWith(RECORDS));
    if (there != null && there.length > 0) {
      throw new UserException(
          "%s holds prepared records: give another folder, or remove it.".formatted(target));
    }
    Dataset<Row> usable =
        prepared.where(functions.col(AddedColumns.ERROR).isNull()).drop(AddedColumns.ERROR);
    long records = usable.count();
    int files = Math.max(1, Math.toIntExact(Math.ceilDiv(records, SHARD)));
    String path = folder;
    ForeachPartitionFunction<Row> each = rows -> write(rows, Path.of(path));
    usable
        .repartitionByRange(files, functions.col(RowSettings.ID))
        .sortWithinPartitions(RowSettings.ID)
        .foreachPartition(each);
    return records;
  }

  private static String name(int shard) {
    return RECORDS + "%05d.safetensors".formatted(shard);
  }

  private static void write(Iterator<Row> rows, Path folder) throws Exception {
    List<PreparedRecord> records = new ArrayList<>();
    String codebook = null;
    while (rows.hasNext()) {
      RowValues row = new RowValues(rows.next());
      String its = row.required("codebook");
      if (codebook != null && !codebook.equals(its)) {
        throw new UserException(
            "The records were prepared with two VQ models (codebooks %s and %s): prepare all with one."
                .formatted(codebook, its));
      }
      codebook = its;
      records.add(record(row));
    }
    if (codebook != null) {
      TorchRuntime.load();
      Files.createDirectories(folder);
      RecordShard.write(folder.resolve(name(TaskContext.getPartitionId())), records, codebook);
    }
  }

  private static PreparedRecord record(RowValues row) {
    String name = row.required("record_task");
    Task task =
        List.of(Task.TEXT_TO_IMAGE, Task.UNDERSTANDING).stream()
            .filter(fixed -> fixed.name().equals(name))
            .findFirst()
            .orElseGet(() -> Task.named(name));
    List<Row> pictures = row.row().getList(row.row().fieldIndex("user_codes"));
    Row target = (Row) row.value("answer_codes");
    return new PreparedRecord(
        task,
        row.text("user_prompt") == null ? "" : row.required("user_prompt"),
        pictures.stream().map(RecordFolder::grid).toList(),
        target == null ? null : grid(target),
        row.text("answer_text"));
  }

  private static CodeGrid grid(Row codes) {
    List<Integer> tokens = codes.getList(2);
    return new CodeGrid(
        codes.getInt(0), codes.getInt(1), tokens.stream().mapToInt(Integer::intValue).toArray());
  }
}
