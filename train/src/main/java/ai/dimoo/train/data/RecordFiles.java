package ai.dimoo.train.data;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.JsonFaults;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.file.Utf8;
import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.Task;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Records of training data, and those that cannot be used: of a file of JSON Lines, or of a folder
/// of pictures with a caption beside each (`cat.png`, `cat.txt`).
///
/// A line has the fields of the reference's training script: `user_prompt`; `user_image`, a path or
/// a list of paths, relative to the file; `answer_image` or `answer_text`; `system_prompt`, one of
/// the sentences that the model was trained with, or none; `len`, which is not read. A field `task`
/// names the task where pictures become a picture (default: what `system_prompt` says, else
/// `other`).
///
/// @param records in the order in which they were found
public record RecordFiles(List<RawRecord> records, List<Rejected> rejected) {

  private static final Set<String> FIELDS =
      Set.of(
          "system_prompt",
          "user_prompt",
          "user_image",
          "answer_text",
          "answer_image",
          "len",
          "task");

  private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "webp");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Copies the lists.
  public RecordFiles {
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
  }

  /// Reads a file of JSON Lines or a folder.
  ///
  /// @throws UserException if there is no such file, or nothing in it can be used
  public static RecordFiles read(Path data) {
    List<RawRecord> records = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    try {
      if (Files.isDirectory(data)) {
        readFolder(data, records, rejected);
      } else if (Files.isRegularFile(data)) {
        readLines(data, records, rejected);
      } else {
        throw new UserException(
            "No %s; expected a file of JSON Lines, or a folder of pictures with captions."
                .formatted(data));
      }
    } catch (IOException e) {
      String file = // a caption, perhaps
          e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : data.toString();
      throw new EnvironmentException(
          "Cannot read %s: %s.".formatted(file, FileFaults.reason(e)), e);
    }
    if (records.isEmpty()) {
      throw new UserException(
          "%s has no record that can be used%s."
              .formatted(data, rejected.isEmpty() ? "" : "; the first: " + rejected.getFirst()));
    }
    return new RecordFiles(records, rejected);
  }

  private static void readFolder(Path folder, List<RawRecord> records, List<Rejected> rejected)
      throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      if (dot <= 0 || !PICTURES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        continue;
      }
      Path caption = file.resolveSibling(name.substring(0, dot) + ".txt");
      try {
        String words = caption(caption);
        records.add(new RawRecord(name, Task.TEXT_TO_IMAGE, words, List.of(), file, null));
      } catch (UserException e) {
        rejected.add(new Rejected(name, e.getMessage()));
      }
    }
  }

  /// @throws UserException if there is none that can be used
  private static String caption(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserException("no caption in " + file.getFileName() + " beside it");
    }
    try {
      String words = Utf8.decode(Files.readAllBytes(file)).strip();
      if (words.isEmpty()) {
        throw new UserException("the caption in " + file.getFileName() + " is empty");
      }
      return words;
    } catch (CharacterCodingException e) {
      throw new UserException(
          "the caption in %s is not text in UTF-8; save it as such".formatted(file.getFileName()),
          e);
    }
  }

  private static void readLines(Path file, List<RawRecord> records, List<Rejected> rejected)
      throws IOException {
    // each byte a character, so that a line in another encoding is refused by itself
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < lines.size(); i++) {
      String place = file.getFileName() + ":" + (i + 1);
      try {
        String line = Utf8.decode(lines.get(i).getBytes(StandardCharsets.ISO_8859_1));
        if (!line.isBlank()) {
          records.add(record(place, line, file.toAbsolutePath().getParent()));
        }
      } catch (CharacterCodingException e) {
        rejected.add(new Rejected(place, "not text in UTF-8; save the file as such"));
      } catch (JacksonException e) {
        rejected.add(new Rejected(place, "not valid JSON: " + JsonFaults.reason(e)));
      } catch (UserException e) {
        rejected.add(new Rejected(place, e.getMessage()));
      }
    }
  }

  private static RawRecord record(String place, String line, Path folder) {
    if (!(JSON.readTree(line) instanceof ObjectNode json)) {
      throw new UserException("not a JSON object");
    }
    Set<String> unknown = new TreeSet<>(json.propertyNames());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new UserException(
          "unknown field %s; there are %s"
              .formatted(unknown.iterator().next(), String.join(", ", new TreeSet<>(FIELDS))));
    }
    List<Path> pictures = paths(json.path("user_image"), folder);
    String target = text(json, "answer_image");
    String answer = text(json, "answer_text");
    if ((target == null) == (answer == null)) {
      throw new UserException("expected either answer_image or answer_text");
    }
    String words = text(json, "user_prompt");
    Task task = task(text(json, "task"), text(json, "system_prompt"), pictures, answer != null);
    if (task.family().pictures() != pictures.size()
        && !(task.family() == Task.Family.UNDERSTANDING && !pictures.isEmpty())) {
      throw new UserException(
          "the task %s takes %d pictures in user_image, found %d"
              .formatted(task, task.family().pictures(), pictures.size()));
    }
    if (task.family().takesPrompt() && (words == null || words.isBlank())) {
      throw new UserException("user_prompt is empty, and the task %s needs words".formatted(task));
    }
    return new RawRecord(
        place,
        task,
        words == null ? "" : words,
        pictures,
        target == null ? null : path(folder, target, "answer_image"),
        answer);
  }

  private static @Nullable String text(ObjectNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new UserException("%s is %s, expected a text".formatted(field, value));
    }
    return value.stringValue();
  }

  private static List<Path> paths(JsonNode value, Path folder) {
    List<Path> paths = new ArrayList<>();
    if (value.isString()) {
      paths.add(path(folder, value.stringValue(), "user_image"));
    } else if (value.isArray()) {
      value.forEach(path -> {
        if (!path.isString()) {
          throw new UserException("user_image has %s, expected paths".formatted(path));
        }
        paths.add(path(folder, path.stringValue(), "user_image"));
      });
    } else if (!value.isMissingNode() && !value.isNull()) {
      throw new UserException(
          "user_image is %s, expected a path or a list of paths".formatted(value));
    }
    return paths;
  }

  private static Path path(Path folder, String path, String field) {
    try {
      if (!path.isBlank()) {
        return folder.resolve(path);
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new UserException(
        "%s is \"%s\", expected the path of a picture".formatted(field, Shown.text(path)));
  }

  private static Task task(
      @Nullable String name, @Nullable String system, List<Path> pictures, boolean answer) {
    if (answer) {
      return Task.UNDERSTANDING;
    }
    if (name != null) {
      return name.equals(Task.TEXT_TO_IMAGE.name()) ? Task.TEXT_TO_IMAGE : Task.named(name);
    }
    if (pictures.isEmpty()) {
      return Task.TEXT_TO_IMAGE;
    }
    if (system == null || system.isBlank()) {
      return Task.named("other");
    }
    // a dense task or a view has a sentence of its own, so that `task` must name it
    return Task.known().stream()
        .filter(task -> task.family().takesPrompt())
        .filter(task -> PromptTemplate.of(task, "").system().equals(system.strip()))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "system_prompt is \"%s\", which the model was not trained with; name the task in the field task"
                    .formatted(system)));
  }
}
