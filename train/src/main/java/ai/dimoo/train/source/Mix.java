package ai.dimoo.train.source;

import ai.dimoo.sequence.CodeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Examples of several kinds, each in its share of every batch: which kind an example is of is
/// drawn, so that shares hold on average. An example depends on the seed, its step and its place in
/// the batch alone.
public final class Mix implements ExampleSource {

  /// Examples of one step have streams of their own, those of the next this much further on.
  private static final long MOST_EXAMPLES_A_STEP = 1L << 20;

  private final List<Part> parts;
  private final double all;
  private final PictureEncoder encoder;
  private final int batch;
  private final long seed;

  /// A kind of examples.
  ///
  /// @param name tells it apart from the others in a recipe
  /// @param share how many of the examples are of it, relative to the others; 0: none
  public record Part(String name, double share, ExampleMaker maker) {

    public Part {
      if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            name + " has the share " + share + "; expected 0 or more");
      }
    }
  }

  /// @param parts at least one with a share above 0
  /// @param encoder gets the pictures of a whole step at once
  /// @param batch examples a step, whoever trains on them
  /// @param seed another seed gives other examples
  public Mix(List<Part> parts, PictureEncoder encoder, int batch, long seed) {
    this.parts = List.copyOf(parts);
    this.all = parts.stream().mapToDouble(Part::share).sum();
    this.encoder = encoder;
    this.batch = batch;
    this.seed = seed;
    if (all <= 0 || batch < 1 || batch > MOST_EXAMPLES_A_STEP) {
      throw new IllegalArgumentException(
          "%d examples of %s; expected some, of kinds with shares above 0".formatted(batch, parts));
    }
  }

  @Override
  public List<TrainingExample> examples(long step, Share share) {
    List<Draft> drafts = drafts(step, share);
    List<CodeGrid> codes = encoder.encode(pictures(drafts));
    List<TrainingExample> examples = new ArrayList<>();
    int from = 0;
    for (Draft draft : drafts) {
      int to = from + draft.pictures().size();
      examples.add(draft.finish().apply(codes.subList(from, to)));
      from = to;
    }
    return examples;
  }

  /// Examples of a step before their pictures are encoded.
  private List<Draft> drafts(long step, Share share) {
    List<Draft> drafts = new ArrayList<>();
    share
        .places(batch)
        .forEach(i -> {
          RandomGenerator random = IndexedRandom.at(seed, step * MOST_EXAMPLES_A_STEP + i);
          drafts.add(choose(random).maker().draft(step, random));
        });
    return drafts;
  }

  private static List<Layered> pictures(List<Draft> drafts) {
    return drafts.stream().flatMap(draft -> draft.pictures().stream()).toList();
  }

  private Part choose(RandomGenerator random) {
    double left = random.nextDouble() * all;
    Part chosen = parts.getFirst();
    for (Part part : parts) {
      if (part.share() > 0) {
        chosen = part;
        if (left < part.share()) {
          break;
        }
        left -= part.share();
      }
    }
    return chosen;
  }
}
