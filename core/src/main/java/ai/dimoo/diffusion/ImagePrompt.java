package ai.dimoo.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A token sequence with masked image tokens to decode, and what guidance compares it with. Its
/// answer part, which all branches share, begins two tokens before the first image token
/// (`<answer>`, `<IMAGE>`). Immutable.
public sealed interface ImagePrompt {

  /// The whole sequence: prompt, answer with rows of image tokens, `</IMAGE>`, `</answer>`.
  int[] tokens();

  /// Position of the first image token.
  int codeStart();

  /// Position of `<answer>`.
  default int answerStart() {
    return codeStart() - 2;
  }

  /// What stands before the answer in each guidance branch; only the branches that the scales need.
  List<int[]> guidancePrefixes(ImageSamplerSettings settings);

  /// Guided logits.
  ///
  /// @param conditional [n, codebook]
  /// @param others those of the guidance branches, in the order of {@link #guidancePrefixes}
  Tensor guide(Tensor conditional, List<Tensor> others, ImageSamplerSettings settings);

  /// A picture from text alone, or the masked part of a picture from text: inpainting, outpainting,
  /// retouching.
  ///
  /// @param unconditional what stands before the answer in the unconditional sequence
  record TextToImage(int[] tokens, int codeStart, int[] unconditional) implements ImagePrompt {

    /// Copies the tokens.
    public TextToImage {
      checkCodeStart(tokens, codeStart);
      tokens = tokens.clone();
      unconditional = unconditional.clone();
    }

    @Override
    public List<int[]> guidancePrefixes(ImageSamplerSettings settings) {
      return settings.cfgScale() == 0 ? List.of() : List.of(unconditional);
    }

    @Override
    public Tensor guide(Tensor conditional, List<Tensor> others, ImageSamplerSettings settings) {
      return others.isEmpty()
          ? conditional
          : Guidance.textToImage(conditional, others.getFirst(), settings.cfgScale());
    }
  }

  /// A picture from one or several pictures and text.
  ///
  /// @param withoutText what stands before the answer where the text is missing
  /// @param withoutImage what stands before the answer where the pictures are missing
  record ImageToImage(int[] tokens, int codeStart, int[] withoutText, int[] withoutImage)
      implements ImagePrompt {

    /// Copies the tokens.
    public ImageToImage {
      checkCodeStart(tokens, codeStart);
      tokens = tokens.clone();
      withoutText = withoutText.clone();
      withoutImage = withoutImage.clone();
    }

    @Override
    public List<int[]> guidancePrefixes(ImageSamplerSettings settings) {
      List<int[]> prefixes = new ArrayList<>();
      if (settings.cfgScale() != 0) {
        prefixes.add(withoutText);
      }
      if (settings.cfgImage() != 0) {
        prefixes.add(withoutImage);
      }
      return prefixes;
    }

    @Override
    public Tensor guide(Tensor conditional, List<Tensor> others, ImageSamplerSettings settings) {
      Tensor guided = conditional;
      int next = 0;
      if (settings.cfgScale() != 0) {
        guided =
            Guidance.addCondition(guided, conditional, others.get(next++), settings.cfgScale());
      }
      if (settings.cfgImage() != 0) {
        guided = Guidance.addCondition(guided, conditional, others.get(next), settings.cfgImage());
      }
      return guided;
    }
  }

  private static void checkCodeStart(int[] tokens, int codeStart) {
    if (codeStart < 2 || codeStart > tokens.length - 2) {
      throw new IllegalArgumentException(
          "image tokens at %d in a sequence of %d".formatted(codeStart, tokens.length));
    }
  }
}
