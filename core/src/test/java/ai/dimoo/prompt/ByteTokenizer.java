package ai.dimoo.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A `tokenizer.json` with the shape of the published one and a tiny vocabulary: printable ASCII,
/// the space, a few merges, of which some cross the border of a template and a text, and the two
/// bytes of é.
public final class ByteTokenizer {

  public static final List<String> SPECIAL =
      List.of(
          "<|endoftext|>",
          "<|pad|>",
          "<system>",
          "</system>",
          "<user>",
          "</user>",
          "<uncondition>",
          "<answer>",
          "</answer>",
          "<IMAGE>",
          "</IMAGE>",
          "<end-of-line>",
          "<|mdm_mask|>");

  private static final String SPACE = "\u0120";

  private ByteTokenizer() {}

  /// Writes the file into a folder and returns the id of image code 0.
  public static int write(Path folder, List<String> added) throws IOException {
    List<String> tokens = new ArrayList<>();
    for (char c = '!'; c <= '~'; c++) {
      tokens.add(String.valueOf(c));
    }
    tokens.add(SPACE);
    ObjectNode json = JsonMapper.shared().createObjectNode();
    ObjectNode model = json.putObject("model").put("type", "BPE");
    ArrayNode merges = model.putArray("merges");
    for (String merge : List.of("a t", "h at", "> >", "> \"", "\" <", "< /", "> </", "s <")) {
      merges.add(merge);
      tokens.add(merge.replace(" ", ""));
    }
    tokens.addAll(List.of("\u00c3", "\u00a9"));
    ObjectNode vocabulary = model.putObject("vocab");
    tokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
    json.put("version", "1.0");
    json.putObject("normalizer").put("type", "NFC");
    for (String step : List.of("pre_tokenizer", "decoder")) {
      ObjectNode byteLevel = json.putObject(step).put("type", "ByteLevel");
      byteLevel.put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", true);
    }
    ArrayNode list = json.putArray("added_tokens");
    for (String content : added) {
      ObjectNode token = list.addObject().put("id", tokens.size() + list.size() - 1);
      token.put("content", content).put("special", true).put("normalized", false);
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("tokenizer.json"), JsonMapper.shared().writeValueAsBytes(json));
    return tokens.size() + added.size();
  }
}
