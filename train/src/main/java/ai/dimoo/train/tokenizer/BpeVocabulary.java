package ai.dimoo.train.tokenizer;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.SpecialTokenReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A trained byte-level BPE vocabulary, and the `tokenizer.json` it makes for a checkpoint.
///
/// Ids: text 0..n-1, then the added tokens (the special tokens of the published checkpoint, then
/// every system sentence as one token, which keeps a small model's sequences short), then the image
/// codes from [#codeOffset] on, which have no text. Immutable.
///
/// @param tokens the text of each token, in GPT-2's byte letters; the first 256 are the bytes
/// @param merges what to merge, most important first, each as two tokens and a space between
public record BpeVocabulary(List<String> tokens, List<String> merges) {

  /// Special tokens in the order of their ids, under the published checkpoint's names.
  private static final List<String> SPECIAL =
      List.of(
          "<|endoftext|>",
          SpecialTokenReader.PAD_NAME,
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

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public BpeVocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /// All tokens that have text, which is the token of image code 0. A model's `vocab_size` is this
  /// plus its codebook's size.
  public int codeOffset() {
    return tokens.size() + SPECIAL.size() + PromptTemplate.systemPrompts().size();
  }

  /// Writes `tokenizer.json` and `tokenizer_config.json` into a checkpoint's folder, which is made
  /// if need be. Each appears whole or not at all.
  ///
  /// @throws EnvironmentException if the folder cannot be written
  public void write(Path checkpoint) {
    try {
      Files.createDirectories(checkpoint);
      writeJson(checkpoint.resolve("tokenizer.json"), tokenizerJson());
      writeJson(checkpoint.resolve("tokenizer_config.json"), configJson());
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write the tokenizer to %s (%s); choose a folder that can be written."
              .formatted(checkpoint, FileFaults.reason(e)),
          e);
    }
  }

  private static void writeJson(Path target, ObjectNode json) throws IOException {
    AtomicFile.replace(target, AtomicFile.of(MAPPER.writeValueAsBytes(json)));
  }

  private ObjectNode tokenizerJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    int id = tokens.size();
    for (String name : SPECIAL) {
      addToken(added, id++, name, true);
    }
    for (String sentence : PromptTemplate.systemPrompts()) {
      addToken(added, id++, sentence, false);
    }
    json.putObject("normalizer").put("type", "NFC");
    byteLevel(json.putObject("pre_tokenizer"), false);
    json.putNull("post_processor");
    byteLevel(json.putObject("decoder"), true);
    model(json.putObject("model"));
    return json;
  }

  private static void addToken(ArrayNode added, int id, String content, boolean special) {
    added
        .addObject()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
  }

  private static void byteLevel(ObjectNode step, boolean addPrefixSpace) {
    step.put("type", "ByteLevel")
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private void model(ObjectNode model) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
  }

  private static ObjectNode configJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    json.put("add_bos_token", false).put("add_eos_token", false);
    json.put("clean_up_tokenization_spaces", false);
    json.put("eos_token", "<|endoftext|>").put("pad_token", SpecialTokenReader.PAD_NAME);
    return json;
  }
}
