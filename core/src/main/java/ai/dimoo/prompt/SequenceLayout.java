package ai.dimoo.prompt;

import java.util.Arrays;
import java.util.List;

/// Where prompt, pictures and answer stand in a sequence, given the prompt as tokens (reference
/// `inference/*.py`). Pictures of the prompt stand just before its last token, `</user>`.
///
/// Immutable and thread-safe.
///
/// @param special the checkpoint's ids
public record SequenceLayout(SpecialTokens special) {

  /// Text to image: everything in the picture is masked.
  ///
  /// @param prompt tokens of the prompt
  /// @param uncondPrompt tokens of the prompt without the user's text
  public ImageSequence textToImage(int[] prompt, int[] uncondPrompt, int rows, int columns) {
    int[] answer = CodeGrid.maskedRows(rows, columns, special);
    return imageSequence(prompt, uncondPrompt, List.of(), answer, rows, columns);
  }

  /// Inpainting, outpainting and retouching: a picture of which the masked places are made anew.
  /// With nothing masked it is what the model is trained on.
  ///
  /// @param masked rows · columns flags, row-major
  public ImageSequence painting(
      int[] prompt, int[] uncondPrompt, CodeGrid source, boolean[] masked) {
    return imageToImage(prompt, uncondPrompt, List.of(), source, masked);
  }

  /// Image to image: a new picture from pictures and a prompt.
  ///
  /// @param pictures the picture to change, and for style transfer the one whose style to take
  public ImageSequence imageToImage(
      int[] prompt, int[] uncondPrompt, List<CodeGrid> pictures, int rows, int columns) {
    int[] answer = CodeGrid.maskedRows(rows, columns, special);
    return imageSequence(prompt, uncondPrompt, pictures, answer, rows, columns);
  }

  /// Image to image where a part of the answer is known. With nothing masked it is what the model
  /// is trained on.
  public ImageSequence imageToImage(
      int[] prompt,
      int[] uncondPrompt,
      List<CodeGrid> pictures,
      CodeGrid target,
      boolean[] masked) {
    int[] answer = target.tokenRows(special, masked);
    return imageSequence(prompt, uncondPrompt, pictures, answer, target.rows(), target.columns());
  }

  private ImageSequence imageSequence(
      int[] prompt,
      int[] uncondPrompt,
      List<CodeGrid> pictures,
      int[] answer,
      int rows,
      int columns) {
    int[] before =
        join(withPictures(prompt, pictures), special.beginAnswer(), special.beginImage());
    int[] ids = join(join(before, answer), special.endImage(), special.endAnswer());
    int[] uncondText = withPictures(uncondPrompt, pictures);
    int[] uncondImage = pictures.isEmpty() ? new int[0] : prompt;
    return new ImageSequence(ids, before.length, rows, columns, uncondText, uncondImage);
  }

  /// Understanding with a free answer of up to `length` tokens.
  public AnswerSequence answer(int[] prompt, List<CodeGrid> pictures, int length) {
    return answer(prompt, pictures, length, 0);
  }

  /// Understanding with an answer of one token, the form of the published scores (the reference's
  /// VLMEvalKit model): one mask, `</answer>`, then padding. There the answer's space is 1,024
  /// tokens, which makes 1,023 of padding; the padding is attended to.
  ///
  /// @param padding number of padding tokens, 0 or more
  public AnswerSequence oneTokenAnswer(int[] prompt, List<CodeGrid> pictures, int padding) {
    return answer(prompt, pictures, 1, padding);
  }

  private AnswerSequence answer(int[] prompt, List<CodeGrid> pictures, int length, int padding) {
    if (length < 1 || padding < 0) {
      throw new IllegalArgumentException("answer length " + length + ", padding " + padding);
    }
    int[] before = join(withPictures(prompt, pictures), special.beginAnswer());
    int[] masks = new int[length];
    Arrays.fill(masks, special.mask());
    int[] pads = new int[padding];
    Arrays.fill(pads, special.pad());
    int[] ids = join(join(join(before, masks), special.endAnswer()), pads);
    return new AnswerSequence(ids, before.length, length);
  }

  private int[] withPictures(int[] prompt, List<CodeGrid> pictures) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens");
    }
    int last = prompt.length - 1;
    int[] out = Arrays.copyOf(prompt, last);
    for (CodeGrid picture : pictures) {
      out = join(out, special.beginImage());
      out = join(join(out, picture.tokenRows(special)), special.endImage());
    }
    return join(out, prompt[last]);
  }

  static int[] join(int[] left, int... right) {
    int[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
