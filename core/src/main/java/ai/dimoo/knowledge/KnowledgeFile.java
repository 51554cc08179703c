package ai.dimoo.knowledge;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.image.Size;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `knowledge.json` in the folder of a checkpoint: an object with the lists `tasks` (names),
/// `sizes` (`"128x128"`), `languages`, `things` (for each a list of its names, the usual one first)
/// and `words`, and the number `round_trip_psnr`. What is absent sets no limit.
public final class KnowledgeFile {

  private static final String ROUND_TRIP = "round_trip_psnr";

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

  private KnowledgeFile() {}

  /// What the model in a folder knows; [Knowledge#OPEN] if the folder does not say.
  ///
  /// @throws ai.dimoo.error.UserException if the file says something else than it should
  public static Knowledge read(Checkpoint checkpoint) {
    return checkpoint.knowledge().read(KnowledgeFile::of);
  }

  private static Knowledge of(ConfigFields fields) {
    return new Knowledge(
        fields.texts("tasks"),
        fields.texts("sizes").stream().map(KnowledgeFile::size).toList(),
        fields.texts("languages"),
        fields.textLists("things").stream().map(KnowledgeFile::thing).toList(),
        new LinkedHashSet<>(fields.texts("words")),
        fields.has(ROUND_TRIP) ? fields.number(ROUND_TRIP, 0) : null);
  }

  private static Size size(String text) {
    Matcher matcher = SIZE.matcher(text);
    ConfigFields.require(matcher.matches(), "sizes", text, "sizes such as 128x128");
    return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static KnownThing thing(List<String> names) {
    ConfigFields.require(!names.isEmpty(), "things", names, "a list of names for each thing");
    return new KnownThing(names.getFirst(), names);
  }

  /// The content of the file.
  public static ObjectNode toJson(Knowledge knowledge) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
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
    if (knowledge.roundTripPsnr() != null) {
      json.put(ROUND_TRIP, knowledge.roundTripPsnr());
    }
    return json;
  }

  private static void put(ObjectNode json, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = json.putArray(field);
      texts.forEach(list::add);
    }
  }
}
