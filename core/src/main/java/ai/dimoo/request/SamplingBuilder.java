package ai.dimoo.request;

/// What the builders of all picture requests share. Not thread-safe.
///
/// @param <B> the builder itself
public abstract sealed class SamplingBuilder<B extends SamplingBuilder<B>>
    implements PictureSetters<B>
    permits TextToImage.Builder, Inpaint.Builder, Outpaint.Builder, Retouch.Builder, Edit.Builder {

  private Sampling sampling = Sampling.DEFAULT;

  SamplingBuilder() {}

  abstract B self();

  @Override
  public Sampling sampling() {
    return sampling;
  }

  @Override
  public B sampling(Sampling sampling) {
    this.sampling = sampling;
    return self();
  }
}
