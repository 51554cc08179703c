package ai.dimoo.prompt;

import ai.dimoo.error.UserException;
import ai.dimoo.sequence.SpecialTokens;
import java.nio.file.Path;
import java.util.Map;

/// Reads the ids of the special tokens from a checkpoint's files.
public final class SpecialTokenReader {

  /// The name of the padding token in the tokenizers that this project trains. The published one
  /// has none.
  public static final String PAD_NAME = "<|pad|>";

  private SpecialTokenReader() {}

  /// The ids of the checkpoint in a folder. Where the image codes begin as in the published
  /// checkpoint, they are the published ids, whatever `tokenizer.json` says: the published weights
  /// were trained with these numbers. In any other vocabulary they are read by name from the added
  /// tokens of `tokenizer.json`, where those of the prompt's frame may be absent.
  ///
  /// @param checkpoint the folder that holds `tokenizer.json`
  /// @param vocabularySize tokens of the model; the image codes are the last of them
  /// @param codebookSize `num_vq_embeddings` of `vqvae/config.json`
  /// @throws UserException if a token has neither a published id nor a name in the tokenizer
  public static SpecialTokens of(Path checkpoint, int vocabularySize, int codebookSize) {
    int codeOffset = vocabularySize - codebookSize;
    if (SpecialTokens.isPublished(codeOffset)) {
      return SpecialTokens.published(codebookSize);
    }
    Path file = checkpoint.resolve(TokenizerFile.NAME);
    Names names = new Names(TokenizerFile.readIfPresent(file).addedTokens(), codeOffset, file);
    return new SpecialTokens(
        names.id("<|mdm_mask|>"),
        names.id("<end-of-line>"),
        names.id("<IMAGE>"),
        names.id("</IMAGE>"),
        names.id("<answer>"),
        names.id("</answer>"),
        names.id("<uncondition>"),
        names.idOrAbsent(PromptTemplate.SYSTEM_START),
        names.idOrAbsent(PromptTemplate.SYSTEM_END),
        names.idOrAbsent(PromptTemplate.USER_START),
        names.idOrAbsent(PromptTemplate.USER_END),
        names.id("<|endoftext|>"),
        names.id(PAD_NAME),
        codeOffset,
        codebookSize);
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

  private record Names(Map<String, Integer> added, int codeOffset, Path file) {

    int id(String name) {
      Integer id = added.get(name);
      if (id == null) {
        throw new UserException(
            "%s has no added token %s, and the published ids do not fit a vocabulary whose image"
                    .formatted(file, name)
                + " codes begin at %d (published: %d); use the tokenizer.json of this checkpoint."
                    .formatted(codeOffset, SpecialTokens.PUBLISHED.codeOffset()));
      }
      return id;
    }

    int idOrAbsent(String name) {
      return added.getOrDefault(name, SpecialTokens.ABSENT);
    }
  }
}
