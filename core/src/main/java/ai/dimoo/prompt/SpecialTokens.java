package ai.dimoo.prompt;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.Map;

/// The ids of the tokens that are not text, of one checkpoint. Image code `c` (0 ≤ c <
/// `codebookSize`) is token `codeOffset + c`.
///
/// Other checkpoints use other ids, so no other class knows a number. Immutable.
///
/// @param mask a token not yet decided, `<|mdm_mask|>`
/// @param newline the end of a row of image tokens, `<end-of-line>`
/// @param beginImage `<IMAGE>`
/// @param endImage `</IMAGE>`
/// @param beginAnswer `<answer>`
/// @param endAnswer `</answer>`
/// @param uncondition stands for the user's text in the guidance prompt, `<uncondition>`
/// @param systemStart `<system>`, or [#ABSENT] where the tokenizer spells it out as text
/// @param systemEnd `</system>`, or [#ABSENT]
/// @param userStart `<user>`, or [#ABSENT]
/// @param userEnd `</user>`, or [#ABSENT]
/// @param eos `<|endoftext|>`
/// @param pad fills sequences to equal length
/// @param codeOffset the token of image code 0
/// @param codebookSize number of image codes
public record SpecialTokens(
    int mask,
    int newline,
    int beginImage,
    int endImage,
    int beginAnswer,
    int endAnswer,
    int uncondition,
    int systemStart,
    int systemEnd,
    int userStart,
    int userEnd,
    int eos,
    int pad,
    int codeOffset,
    int codebookSize) {

  /// In place of an id: this vocabulary has no such token.
  public static final int ABSENT = -1;

  /// The name of the padding token in the tokenizers that this project trains. The published one
  /// has none; there padding is a reserved token, 126339.
  public static final String PAD_NAME = "<|pad|>";

  /// First image code of the published checkpoint (reference `config.py`, image_token_offset).
  static final int PUBLISHED_CODE_OFFSET = 126356;

  /// The ids in the published checkpoint (reference `config.py`, `train.py` and
  /// `utils/image_utils.py`; `<|endoftext|>` from LLaDA's tokenizer). The reference's code uses
  /// these numbers and not the tokenizer's names.
  private static final Map<String, Integer> PUBLISHED =
      Map.of(
          "<|mdm_mask|>",
          126336,
          "<end-of-line>",
          126084,
          "<IMAGE>",
          126349,
          "</IMAGE>",
          126350,
          "<answer>",
          126354,
          "</answer>",
          126355,
          "<uncondition>",
          126351,
          "<|endoftext|>",
          126081,
          PAD_NAME,
          126339);

  /// @throws UserException if there are no image codes, or an id lies outside the vocabulary; those
  ///   of the prompt's parts may be absent
  public SpecialTokens {
    if (codebookSize < 1 || codeOffset < 0) {
      throw new UserException(
          "The vocabulary holds no image codes: first code %d, codebook of %d; check vocab_size in"
                  .formatted(codeOffset, codebookSize)
              + " config.json and num_vq_embeddings in vqvae/config.json.");
    }
    require("mask", mask, codeOffset + codebookSize);
    require("newline", newline, codeOffset + codebookSize);
    require("beginImage", beginImage, codeOffset + codebookSize);
    require("endImage", endImage, codeOffset + codebookSize);
    require("beginAnswer", beginAnswer, codeOffset + codebookSize);
    require("endAnswer", endAnswer, codeOffset + codebookSize);
    require("uncondition", uncondition, codeOffset + codebookSize);
    require("eos", eos, codeOffset + codebookSize);
    require("pad", pad, codeOffset + codebookSize);
  }

  private static void require(String name, int id, int vocabularySize) {
    if (id < 0 || id >= vocabularySize) {
      throw new UserException(
          "The id of the special token %s is %d, expected 0 to %d; tokenizer.json and config.json"
                  .formatted(name, id, vocabularySize - 1)
              + " do not belong together.");
    }
  }

  /// The ids of the checkpoint in a folder. Where the image codes begin as in the published
  /// checkpoint, they are the published ids, whatever `tokenizer.json` says: the published weights
  /// were trained with these numbers. In any other vocabulary they are read by name from the added
  /// tokens of `tokenizer.json`. Those of the prompt's parts, which the published tokenizer spells
  /// out, are always read by name.
  ///
  /// @param checkpoint the folder that holds `tokenizer.json`
  /// @param vocabularySize `vocab_size` of `config.json`; the image codes are its last tokens
  /// @param codebookSize `num_vq_embeddings` of `vqvae/config.json`
  /// @throws UserException if a token has neither a published id nor a name in the tokenizer
  public static SpecialTokens of(Path checkpoint, int vocabularySize, int codebookSize) {
    Path file = checkpoint.resolve(TokenizerFile.NAME);
    Map<String, Integer> added = TokenizerFile.readIfPresent(file).addedTokens();
    return of(added, vocabularySize, codebookSize, file);
  }

  /// The ids that the published checkpoint uses, without a tokenizer.
  public static SpecialTokens published() {
    return of(Map.of(), PUBLISHED_CODE_OFFSET + 8192, 8192, Path.of(TokenizerFile.NAME));
  }

  /// Reads a `layout.json` as it lies beside golden data: a JSON object with the integer fields
  /// mask, newline, boi, eoi, boa, eoa, uncondition, system_start, system_end, user_start,
  /// user_end, eos, pad, code_offset and codebook_size.
  ///
  /// @throws UserException if the file is missing, is no JSON object or lacks a field
  public static SpecialTokens ofLayout(Path file) {
    LayoutFile layout = LayoutFile.read(file);
    return new SpecialTokens(
        layout.id("mask"),
        layout.id("newline"),
        layout.id("boi"),
        layout.id("eoi"),
        layout.id("boa"),
        layout.id("eoa"),
        layout.id("uncondition"),
        layout.id("system_start"),
        layout.id("system_end"),
        layout.id("user_start"),
        layout.id("user_end"),
        layout.id("eos"),
        layout.id("pad"),
        layout.id("code_offset"),
        layout.id("codebook_size"));
  }

  private static SpecialTokens of(
      Map<String, Integer> added, int vocabularySize, int codebookSize, Path file) {
    int codeOffset = vocabularySize - codebookSize;
    Names names = new Names(added, codeOffset, file);
    return new SpecialTokens(
        names.id("<|mdm_mask|>"),
        names.id("<end-of-line>"),
        names.id("<IMAGE>"),
        names.id("</IMAGE>"),
        names.id("<answer>"),
        names.id("</answer>"),
        names.id("<uncondition>"),
        names.idOrAbsent("<system>"),
        names.idOrAbsent("</system>"),
        names.idOrAbsent("<user>"),
        names.idOrAbsent("</user>"),
        names.id("<|endoftext|>"),
        names.id(PAD_NAME),
        codeOffset,
        codebookSize);
  }

  /// The token of an image code.
  public int token(int code) {
    if (code < 0 || code >= codebookSize) {
      throw new IllegalArgumentException(
          "image code " + code + " is not in 0.." + (codebookSize - 1));
    }
    return codeOffset + code;
  }

  /// Whether a token is an image code.
  public boolean isCode(int token) {
    return token >= codeOffset && token < codeOffset + codebookSize;
  }

  /// All tokens of the model: text, special tokens and image codes.
  public int vocabularySize() {
    return codeOffset + codebookSize;
  }

  private record Names(Map<String, Integer> added, int codeOffset, Path file) {

    int id(String name) {
      Integer published = codeOffset == PUBLISHED_CODE_OFFSET ? PUBLISHED.get(name) : null;
      Integer id = published != null ? published : added.get(name);
      if (id == null) {
        throw new UserException(
            "%s has no added token %s, and the published ids do not fit a vocabulary whose image"
                    .formatted(file, name)
                + " codes begin at %d (published: %d); use the tokenizer.json of this checkpoint."
                    .formatted(codeOffset, PUBLISHED_CODE_OFFSET));
      }
      return id;
    }

    int idOrAbsent(String name) {
      return added.getOrDefault(name, ABSENT);
    }
  }
}
