package ai.dimoo.train.bench;

import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.sequence.SpecialTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A byte-level BPE tokenizer for a vocabulary of another size: the pieces that fit before the
/// special tokens, those at the ids that a checkpoint of such a vocabulary has them at, and names
/// without meaning for all ids between.
final class SyntheticTokenizer {

  private SyntheticTokenizer() {}

  /// @param codeOffset the token of image code 0; all before it are in the tokenizer
  static void write(Path from, Path to, int codeOffset) throws IOException {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode json = (ObjectNode) mapper.readTree(Files.readString(from));
    ObjectNode model = (ObjectNode) json.get("model");
    SequencedMap<Integer, String> special = special(codeOffset);
    SequencedMap<Integer, String> names = new TreeMap<>();
    model.get("vocab").properties().stream()
        .filter(entry -> entry.getValue().asInt() < special.firstEntry().getKey())
        .forEach(entry -> names.put(entry.getValue().asInt(), entry.getKey()));
    names.putAll(special);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < codeOffset; id++) {
      vocabulary.put(names.getOrDefault(id, "[unused " + id + "]"), id);
    }
    JsonNode merges = model.get("merges");
    ArrayNode kept = model.putArray("merges");
    for (JsonNode merge : merges) {
      if (vocabulary.has(merge.asString().replace(" ", ""))) {
        kept.add(merge);
      }
    }
    ArrayNode added = json.putArray("added_tokens");
    special.forEach((id, name) -> added.add(added(id, name)));
    Files.write(to, mapper.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
  }

  private static SequencedMap<Integer, String> special(int codeOffset) {
    Map<String, Integer> published =
        Map.ofEntries(
            Map.entry("<|mdm_mask|>", SpecialTokens.PUBLISHED.mask()),
            Map.entry("<end-of-line>", SpecialTokens.PUBLISHED.newline()),
            Map.entry("<IMAGE>", SpecialTokens.PUBLISHED.beginImage()),
            Map.entry("</IMAGE>", SpecialTokens.PUBLISHED.endImage()),
            Map.entry("<answer>", SpecialTokens.PUBLISHED.beginAnswer()),
            Map.entry("</answer>", SpecialTokens.PUBLISHED.endAnswer()),
            Map.entry("<uncondition>", SpecialTokens.PUBLISHED.uncondition()),
            Map.entry("<system>", SpecialTokens.PUBLISHED.systemStart()),
            Map.entry("</system>", SpecialTokens.PUBLISHED.systemEnd()),
            Map.entry("<user>", SpecialTokens.PUBLISHED.userStart()),
            Map.entry("</user>", SpecialTokens.PUBLISHED.userEnd()),
            Map.entry("<|endoftext|>", SpecialTokens.PUBLISHED.eos()),
            Map.entry(SpecialTokenReader.PAD_NAME, SpecialTokens.PUBLISHED.pad()));
    SequencedMap<Integer, String> byId = new TreeMap<>();
    published.forEach((name, id) -> byId.put(id, name));
    if (SpecialTokens.isPublished(codeOffset)) {
      return byId;
    }
    SequencedMap<Integer, String> last = new TreeMap<>();
    int id = codeOffset - byId.size();
    for (String name : byId.values()) {
      last.put(id++, name);
    }
    return last;
  }

  private static ObjectNode added(int id, String name) {
    ObjectNode token = JsonMapper.shared().createObjectNode();
    token.put("id", id).put("content", name).put("single_word", false).put("lstrip", false);
    return token.put("rstrip", false).put("normalized", false).put("special", true);
  }
}
