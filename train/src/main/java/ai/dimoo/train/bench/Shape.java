package ai.dimoo.train.bench;

import ai.dimoo.error.UserException;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import java.util.List;

/// A model's shape that can be measured without its weights: random ones take as long.
public enum Shape {
  /// Lumina-DiMOO's, a picture of 512×512 pixels, a prompt of usual length (about 1,120 tokens)
  PUBLISHED("8b", TransformerConfig.PUBLISHED, VqConfig.PUBLISHED, 32, 60),
  /// a shape for trying the measurement itself out: it takes no time
  TINY(
      "tiny",
      new TransformerConfig(32, 4, 2, 2, 64, 384, 500000, 1e-5, false),
      new VqConfig(List.of(8, 8, 8, 8), 1, 8, 64, 8, 4, Upsampling.NEAREST),
      4,
      8);

  private final String spelling;
  private final TransformerConfig config;
  private final VqConfig vq;
  private final int side;
  private final int promptTokens;

  Shape(String spelling, TransformerConfig config, VqConfig vq, int side, int promptTokens) {
    this.spelling = spelling;
    this.config = config;
    this.vq = vq;
    this.side = side;
    this.promptTokens = promptTokens;
  }

  /// The shape of this name.
  ///
  /// @throws UserException if there is none
  public static Shape named(String name) {
    for (Shape shape : values()) {
      if (shape.spelling.equalsIgnoreCase(name.strip())) {
        return shape;
      }
    }
    throw new UserException("There is no shape '%s'; choose 8b or tiny.".formatted(name));
  }

  /// The whole model, all its layers.
  TransformerConfig config() {
    return config;
  }

  /// Its VQ model.
  VqConfig vq() {
    return vq;
  }

  /// The same with so many layers.
  ///
  /// @throws UserException if it has not so many
  TransformerConfig config(int layers) {
    if (layers < 1 || layers > config.nLayers()) {
      throw new UserException(
          "The number of layers is %d, expected 1 to %d for the shape %s."
              .formatted(layers, config.nLayers(), spelling));
    }
    return new TransformerConfig(
        config.dModel(),
        layers,
        config.nHeads(),
        config.nKvHeads(),
        config.mlpHiddenSize(),
        config.vocabSize(),
        config.ropeTheta(),
        config.rmsNormEps(),
        config.weightTying());
  }

  /// The sequence whose decoding is measured.
  PictureLayout layout() {
    return new PictureLayout(promptTokens, side, side, config.vocabSize(), vq.codebookSize());
  }

  @Override
  public String toString() {
    return spelling;
  }
}
