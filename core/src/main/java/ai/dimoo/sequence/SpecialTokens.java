package ai.dimoo.sequence;

import ai.dimoo.error.UserException;

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

  /// First image code of the published checkpoint (reference `config.py`, image_token_offset).
  private static final int PUBLISHED_CODE_OFFSET = 126356;

  /// The ids in the published checkpoint (reference `config.py`, `train.py` and
  /// `utils/image_utils.py`; `<|endoftext|>` from LLaDA's tokenizer; `<system>` to `</user>` from
  /// MIGM-Shortcut's `utils/shortcut.py`, which has the whole unconditional prompt as ids, although
  /// LLaDA's tokenizer lists the four as reserved). The published tokenizer has no padding token;
  /// padding there is a reserved one.
  public static final SpecialTokens PUBLISHED = published(8192);

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

  /// The published ids, for a codebook of another size.
  public static SpecialTokens published(int codebookSize) {
    return new SpecialTokens(
        126336,
        126084,
        126349,
        126350,
        126354,
        126355,
        126351,
        126332,
        126333,
        126334,
        126335,
        126081,
        126339,
        PUBLISHED_CODE_OFFSET,
        codebookSize);
  }

  /// Whether a vocabulary is laid out as the published one: its image codes begin at the same
  /// token.
  public static boolean isPublished(int codeOffset) {
    return codeOffset == PUBLISHED_CODE_OFFSET;
  }

  /// Whether the frame of a prompt is made of tokens of its own, and not spelled out.
  public boolean hasPromptFrame() {
    return systemStart != ABSENT && systemEnd != ABSENT && userStart != ABSENT && userEnd != ABSENT;
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
}
