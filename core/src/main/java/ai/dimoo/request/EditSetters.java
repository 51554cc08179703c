package ai.dimoo.request;

/// The settings of pictures that are made from pictures, see {@link SamplingSetters}.
///
/// @param <B> the builder itself
public interface EditSetters<B> extends PictureSetters<B> {

  /// How strongly the result follows the input pictures, 0 or more.
  default B cfgImage(double cfgImage) {
    return sampling(sampling().withCfgImage(cfgImage));
  }

  /// How input pictures are fitted whose shape the model does not take.
  default B fit(Fit fit) {
    return sampling(sampling().withFit(fit));
  }
}
