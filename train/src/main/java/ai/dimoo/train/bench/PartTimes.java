package ai.dimoo.train.bench;

/// Median seconds of the parts of one forward pass over one fully masked sequence.
///
/// @param layer one layer, as this program computes it on this machine
/// @param otherLayer the same with the other way to compute attention
/// @param head embedding, final norm and the logits that a step reads: image codes of masked rows
/// @param referenceHead embedding, final norm and the logits of the whole vocabulary for every
///   position, which the reference computes
/// @param cachedLayer one layer in a step that computes only the cache's share of the positions
/// @param cachedHead the head in such a step
public record PartTimes(
    double layer,
    double otherLayer,
    double head,
    double referenceHead,
    double cachedLayer,
    double cachedHead) {

  /// A forward pass of so many layers.
  public double forward(int layers) {
    return layers * layer + head;
  }

  /// The same in a step that the cache shortens.
  public double cachedForward(int layers) {
    return layers * cachedLayer + cachedHead;
  }

  /// A forward pass as the reference computes it, if its layers cost what ours cost.
  public double referenceForward(int layers) {
    return layers * layer + referenceHead;
  }
}
