package ai.dimoo.knowledge;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `knowledge.json` in the folder of a checkpoint: an object with the lists `tasks` (names),
/// `sizes` (`"128x128"`), `languages`, `things` (for each a list of its names, the usual one first)
/// and `words`. A list that is absent sets no limit.
public final class KnowledgeFile {

  /// The name of the file.
  public static final String NAME = Checkpoint.KNOWLEDGE;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  private KnowledgeFile() {}

  /// What the model in a folder knows; [Knowledge#OPEN] if the folder does not say.
  ///
  /// @throws UserException if the file says something else than it should
  public static Knowledge read(Path checkpoint) {
    Path file = checkpoint.resolve(NAME);
    if (!Files.exists(file)) {
      return Knowledge.OPEN;
    }
    try {
      return of(JSON.readTree(Files.readAllBytes(file)), file);
    } catch (JacksonException e) {
      throw new UserException(file + " is not valid JSON. Fetch or export it again.", e);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read " + file + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  private static Knowledge of(JsonNode json, Path file) {
    List<KnownThing> things = new ArrayList<>();
    for (JsonNode thing : list(json, "things", file)) {
      List<String> names = texts(thing, "things", file);
      if (names.isEmpty()) {
        throw wrong(file, "things", "[]", "a list of names for each thing");
      }
      things.add(new KnownThing(names.getFirst(), names));
    }
    return new Knowledge(
        texts(list(json, "tasks", file), "tasks", file),
        texts(list(json, "sizes", file), "sizes", file).stream()
            .map(size -> size(size, file))
            .toList(),
        texts(list(json, "languages", file), "languages", file),
        things,
        new LinkedHashSet<>(texts(list(json, "words", file), "words", file)));
  }

  private static JsonNode list(JsonNode json, String field, Path file) {
    JsonNode list = json.path(field);
    if (!list.isMissingNode() && !list.isArray()) {
      throw wrong(file, field, list.toString(), "a list");
    }
    return list;
  }

  private static List<String> texts(JsonNode list, String field, Path file) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list) {
      if (!text.isString()) {
        throw wrong(file, field, text.toString(), "texts");
      }
      texts.add(text.asString());
    }
    return texts;
  }

  private static Size size(String text, Path file) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw wrong(file, "sizes", text, "sizes such as 128x128");
    }
    return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static UserException wrong(Path file, String field, String found, String expected) {
    return new UserException(
        "%s: %s holds %s, expected %s. Fetch or export it again."
            .formatted(file, field, found, expected));
  }

  /// The content of the file.
  public static ObjectNode toJson(Knowledge knowledge) {
    ObjectNode json = JSON.createObjectNode();
    put(json, "tasks", knowledge.tasks());
    put(json, "sizes", knowledge.sizes().stream().map(Size::toString).toList());
    put(json, "languages", knowledge.languages());
    if (knowledge.limited()) {
      ArrayNode things = json.putArray("things");
      knowledge
          .things()
          .forEach(thing -> {
            ArrayNode names = things.addArray();
            names.add(thing.name());
            thing.names().stream().filter(name -> !name.equals(thing.name())).forEach(names::add);
          });
    }
    put(json, "words", knowledge.words().stream().sorted().toList());
    return json;
  }

  private static void put(ObjectNode json, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = json.putArray(field);
      texts.forEach(list::add);
    }
  }

  /// The same as bytes of a file that people can read.
  static byte[] bytes(Knowledge knowledge) {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(toJson(knowledge))
        .concat("\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
