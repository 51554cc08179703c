package ai.dimoo.checkpoint;

import ai.dimoo.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which files belong to a checkpoint: those to fetch from a repository, and those that must be
/// there before a folder counts as complete.
public final class CheckpointFiles {

  /// Files that every checkpoint has; its weights have one of several names.
  public static final List<String> NEEDED =
      List.of(
          Checkpoint.CONFIG,
          Checkpoint.TOKENIZER,
          Checkpoint.VQ_DIRECTORY + "/" + Checkpoint.CONFIG);

  /// Published models keep their tokenizer beside the weights or, as Diffusers does, in a folder.
  private static final Set<String> FOLDERS = Set.of("", Checkpoint.VQ_DIRECTORY, "tokenizer");

  private static final List<String> ENDINGS =
      List.of(".json", ".safetensors", ".txt", "license", "license.md", "readme.md", "notice");

  private CheckpointFiles() {}

  /// Whether a checkpoint needs the repository's file of this name.
  public static boolean isNeeded(String name) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash);
    String file = name.substring(slash + 1).toLowerCase(Locale.ROOT);
    return FOLDERS.contains(folder) && ENDINGS.stream().anyMatch(file::endsWith);
  }

  /// Whether a file name given by a server stays within the folder that it is to be put in.
  public static boolean staysInside(String name) {
    if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /// What a folder lacks to be a whole checkpoint; empty if nothing.
  public static List<String> missing(Path directory) {
    List<String> missing = new ArrayList<>();
    for (String file : NEEDED) {
      if (!Files.isRegularFile(directory.resolve(file))) {
        missing.add(file);
      }
    }
    addMissingWeights(directory, "", Checkpoint.WEIGHTS, missing);
    addMissingWeights(directory, Checkpoint.VQ_DIRECTORY + "/", Checkpoint.VQ_WEIGHTS, missing);
    return missing;
  }

  private static void addMissingWeights(
      Path directory, String folder, String baseName, List<String> missing) {
    String single = folder + baseName + ".safetensors";
    Path index = directory.resolve(single + ".index.json");
    if (Files.isRegularFile(directory.resolve(single))) {
      return;
    }
    if (!Files.isRegularFile(index)) {
      missing.add(single);
      return;
    }
    try {
      if (JsonFiles.readObject(index).get("weight_map") instanceof ObjectNode weightMap) {
        weightMap.values().stream()
            .filter(JsonNode::isString)
            .map(shard -> folder + shard.stringValue())
            .distinct()
            .filter(shard -> !staysInside(shard) || !Files.isRegularFile(directory.resolve(shard)))
            .forEach(missing::add);
      }
    } catch (UserException e) {
      missing.add(single + ".index.json");
    }
  }
}
