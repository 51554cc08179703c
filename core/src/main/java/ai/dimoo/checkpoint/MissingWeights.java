package ai.dimoo.checkpoint;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Says what lies in a folder in place of the weights, and the step from there to them.
final class MissingWeights {

  private MissingWeights() {}

  /// @param single the file that should be there
  /// @param index or this
  static Fault in(Path directory, Path single, Path index) {
    Fault absent =
        Checkpoint.absent(
            "No weights in %s: expected %s or %s."
                .formatted(directory, single.getFileName(), index.getFileName()));
    for (Path file : List.of(single, index)) {
      if (Files.isSymbolicLink(file)) {
        return danglingLink(file);
      }
    }
    List<String> names = names(directory);
    String base = single.getFileName().toString().replace(".safetensors", "");
    for (String name : names) {
      if (name.matches(".*-\\d{5}-of-\\d{5}\\.safetensors")) {
        return found(
            directory, name, "a shard whose index is missing", "fetch " + index.getFileName());
      }
      if (name.endsWith(".safetensors")) {
        return found(directory, name, "under another name", "rename it to " + single.getFileName());
      }
    }
    for (String name : names) {
      if (name.matches(".*\\.(bin|pt|pth|ckpt|gguf)")) {
        return found(
            directory,
            name,
            "in another format",
            "convert it to %s.safetensors where it came from".formatted(base));
      }
    }
    return absent;
  }

  /// A link whose target is not there.
  static Fault danglingLink(Path link) {
    String target;
    try {
      target = Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      target = "somewhere";
    }
    return Fault.of("%s is a link to %s, which is not there.".formatted(link, target))
        .in("model")
        .mend(Remedy.plain("put the file there"))
        .mend(Remedy.download());
  }

  private static Fault found(Path directory, String name, String how, String step) {
    return Fault.of("The weights in %s are %s: %s.".formatted(directory, how, name))
        .in("model")
        .mend(Remedy.plain(step))
        .mend(Remedy.download());
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
