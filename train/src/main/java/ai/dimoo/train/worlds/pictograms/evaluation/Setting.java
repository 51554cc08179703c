package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingBuilder;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.Speed;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.judge.Judge;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.List;
import java.util.random.RandomGenerator;

/// With what suites make their trials: the world, the judge, and how the model samples.
///
/// @param things what scenes are drawn of
/// @param sampling for every picture; its seed, 0 if it has none, is that of each suite's first
/// @param split which combinations are asked for: held out, or, to tell drawing from composing,
///   those of training
public record Setting(
    List<Thing> things, Compositor compositor, Judge judge, Sampling sampling, Split split) {

  /// Streams that training never draws from.
  private static final long SEED = 20_261_126;

  public Setting {
    things = List.copyOf(things);
  }

  /// The same on another split.
  Setting with(Split other) {
    return new Setting(things, compositor, judge, sampling, other);
  }

  /// The same with pictures sampled otherwise.
  public Setting with(Sampling other) {
    return new Setting(things, compositor, judge, other, split);
  }

  /// The same with seeds that are so much larger.
  Setting later(long seeds) {
    return with(sampling.withSeed(firstSeed() + seeds));
  }

  private long firstSeed() {
    return sampling.seed() == null ? 0 : sampling.seed();
  }

  /// The scenes of the split.
  SceneOptions scenes() {
    return SceneOptions.standard().with(things).with(split);
  }

  /// The random numbers of one trial.
  ///
  /// @param stream a name, such as the suite's
  RandomGenerator random(String stream, long index) {
    return IndexedRandom.at(SEED + stream.hashCode(), index);
  }

  /// A picture of a scene's size from a prompt.
  ImageRequest draw(String prompt, long seed) {
    return sampled(TextToImage.of(prompt).size(Scene.SIDE, Scene.SIDE), seed).build();
  }

  /// A question, answered at the speed at which pictures are drawn.
  Ask.Builder ask(String question, long seed) {
    Speed speed = sampling.get(SamplingTable.SPEED);
    return Ask.of(question).sampling(Sampling.DEFAULT.withSpeed(speed)).seed(seed);
  }

  /// The same request, sampled as all are; the setting's seed, if it has one, is added to the
  /// trial's.
  <B extends SamplingBuilder<B>> B sampled(B request, long seed) {
    return request.sampling(sampling).seed(firstSeed() + seed);
  }

  Picture picture(Scene scene) {
    return compositor.render(scene);
  }

  boolean satisfies(Requirement requirement, Picture picture) {
    return judge.satisfies(requirement, picture);
  }
}
