package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.random.RandomGenerator;

/// Says what a scene shows. Every caption is true and names everything in the scene; relations,
/// backgrounds, places, sizes and artists come in some. Stateless.
public final class Captions {

  private Captions() {}

  /// One of the many captions that fit the scene, English or Chinese.
  ///
  /// @param random decides which; the same state gives the same caption
  public static Caption caption(Scene scene, RandomGenerator random) {
    return caption(scene, Language.draw(random), random);
  }

  /// One of the many captions in a language.
  public static Caption caption(Scene scene, Language language, RandomGenerator random) {
    return caption(CaptionPlan.draw(scene, random), language, random);
  }

  /// A caption that leaves little of the picture open: it says where and how large things are, who
  /// drew them and, every other time, on what background.
  public static Caption thorough(Scene scene, RandomGenerator random) {
    return caption(CaptionPlan.thorough(scene, random), Language.draw(random), random);
  }

  /// A caption of the only item of a scene, of which no more is seen than its box.
  public static Caption portrait(Scene scene, RandomGenerator random) {
    return caption(CaptionPlan.portrait(scene, random), Language.draw(random), random);
  }

  private static Caption caption(CaptionPlan plan, Language language, RandomGenerator random) {
    WordChoice wording = WordChoice.random(random);
    String text =
        switch (language) {
          case ENGLISH -> new EnglishCaptions(wording).caption(plan);
          case CHINESE -> new ChineseCaptions(wording).caption(plan);
        };
    return new Caption(text, language, plan.requirement());
  }

  /// The one description of a scene, as an answer: `a fox left of a pizza on a white background`.
  public static String description(Scene scene, Language language) {
    CaptionPlan plan = CaptionPlan.description(scene);
    return switch (language) {
      case ENGLISH -> new EnglishCaptions(WordChoice.USUAL).description(plan);
      case CHINESE -> new ChineseCaptions(WordChoice.USUAL).description(plan);
    };
  }
}
