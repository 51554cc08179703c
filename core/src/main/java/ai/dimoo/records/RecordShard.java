package ai.dimoo.records;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.error.UserException;
import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TensorArrays;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Some hundred prepared records in one safetensors file. Record i has int32 tensors `i.0`, `i.1`,
/// … for the pictures of its prompt and `i.target`, [rows, columns] of codes; the header's metadata
/// holds under `i` its `task`, `words` and `answer` as JSON, and under `codebook` what the codes
/// are codes of.
public final class RecordShard {

  /// The header's entry that tells codebooks apart.
  private static final String CODEBOOK = "codebook";

  private static final String TARGET = "target";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordShard() {}

  /// Writes a file, whole or not at all. LibTorch must be loaded.
  ///
  /// @param codebook the fingerprint of the codes' codebook
  public static void write(Path file, List<PreparedRecord> records, String codebook) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> header = new LinkedHashMap<>();
    header.put(CODEBOOK, codebook);
    try (PointerScope scope = new PointerScope()) {
      for (int i = 0; i < records.size(); i++) {
        PreparedRecord record = records.get(i);
        ObjectNode json = JSON.createObjectNode();
        json.put("task", record.task().name()).put("words", record.words());
        json.put("answer", record.answer());
        header.put(Integer.toString(i), json.toString());
        for (int k = 0; k < record.pictures().size(); k++) {
          tensors.put(i + "." + k, tensor(record.pictures().get(k)));
        }
        if (record.target() != null) {
          tensors.put(i + "." + TARGET, tensor(record.target()));
        }
      }
      SafetensorsWriter.write(file, tensors, header);
    }
  }

  private static Tensor tensor(CodeGrid grid) {
    return torch.tensor(grid.codes()).to(ScalarType.Int).view(grid.rows(), grid.columns());
  }

  /// Reads a file of [#write].
  ///
  /// @param codebook what the codes must be of
  /// @throws UserException if it is no such file, or its codes are another model's
  public static List<PreparedRecord> read(Path file, String codebook) {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      String found = saved.metadata().getOrDefault(CODEBOOK, "none");
      if (!found.equals(codebook)) {
        throw new UserException(
            "%s was prepared with another VQ model (codebook %s, the model has %s); prepare the data with this model."
                .formatted(file, found, codebook));
      }
      List<PreparedRecord> records = new ArrayList<>();
      for (int i = 0; saved.metadata().containsKey(Integer.toString(i)); i++) {
        records.add(record(saved, i));
      }
      return records;
    }
  }

  private static PreparedRecord record(SafetensorsFile saved, int i) {
    JsonNode json = JSON.readTree(saved.metadata().get(Integer.toString(i)));
    String name = json.path("task").asString();
    Task task =
        List.of(Task.TEXT_TO_IMAGE, Task.UNDERSTANDING).stream()
            .filter(fixed -> fixed.name().equals(name))
            .findFirst()
            .orElseGet(() -> Task.named(name));
    List<CodeGrid> pictures = new ArrayList<>();
    while (saved.names().contains(i + "." + pictures.size())) {
      pictures.add(grid(saved, i + "." + pictures.size()));
    }
    @Nullable String answer =
        json.path("answer").isString() ? json.path("answer").stringValue() : null;
    String target = i + "." + TARGET;
    return new PreparedRecord(
        task,
        json.path("words").asString(),
        pictures,
        saved.names().contains(target) ? grid(saved, target) : null,
        answer);
  }

  private static CodeGrid grid(SafetensorsFile saved, String name) {
    try (PointerScope scope = new PointerScope()) {
      long[] shape = saved.info(name).sizes();
      return new CodeGrid(
          (int) shape[0],
          (int) shape[1],
          TensorArrays.ints(saved.tensor(name).to(ScalarType.Long)));
    }
  }
}
