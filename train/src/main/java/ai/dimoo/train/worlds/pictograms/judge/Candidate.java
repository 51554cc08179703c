package ai.dimoo.train.worlds.pictograms.judge;

import java.util.List;

/// A look at a place that may be what the picture shows there.
///
/// @param gain by how much it explains the picture better than the background alone: the difference
///   of the sums of squared distances
/// @param looks all that come into question there, the best first
record Candidate(Placed placed, double gain, TemplateFit fit, List<Template> looks) {

  boolean known() {
    return placed.template().isWord() ? fit.legible() : fit.known();
  }

  boolean likely() {
    return placed.template().isWord() ? fit.legible() : fit.likely();
  }

  /// How much speaks for it: what it explains, less where it fits badly. One large thing that
  /// covers several small ones explains much and fits badly.
  double weight() {
    return fit.known() ? gain * fit.quality() : gain;
  }
}
