package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Retouch;
import ai.dimoo.sequence.TokenMask;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.tasks.PaintTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Painting into pictures and beyond their edges.
final class PaintSuite implements Suite {

  private static final int EACH = 60;

  private final PaintTask.Kind kind;

  PaintSuite(PaintTask.Kind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String right() {
    return "the described thing, whole, across the border, and all else as it was";
  }

  @Override
  public String baseline() {
    return "the background where it is to be painted";
  }

  @Override
  public List<Trial> trials(Setting setting) {
    PaintTask task = new PaintTask(kind, setting.scenes());
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      PaintTask.Sample sample = task.draw(setting.random(name(), i));
      long seed = i;
      trials.add(Trial.of(name(), pupil -> run(setting, sample, seed, pupil)));
    }
    return trials;
  }

  private Outcome run(Setting setting, PaintTask.Sample sample, long seed, Pupil pupil) {
    Picture truth = setting.picture(sample.scene());
    Picture source =
        covered(truth, setting.picture(sample.scene().with(List.of())), sample.painted());
    Picture result = pupil.picture(request(setting, sample, source, seed));
    return Outcome.of(
            Score.of(
                name(),
                setting.satisfies(sample.requirement(), result),
                setting.satisfies(sample.requirement(), source)),
            source,
            result,
            truth)
        .saying(sample.caption().text());
  }

  private ImageRequest request(
      Setting setting, PaintTask.Sample sample, Picture source, long seed) {
    String prompt = sample.caption().text();
    boolean[] painted = sample.painted();
    PaintArea area =
        new PaintArea.Tokens(
            TokenMask.of(
                Scene.TOKENS, Scene.TOKENS, (row, column) -> painted[row * Scene.TOKENS + column]));
    Box whole = new Box(0, 0, Scene.SIDE, Scene.SIDE);
    int half = Scene.SIDE / 2;
    return switch (kind) {
      case INPAINT -> setting.sampled(Inpaint.of(prompt, source).area(area), seed).build();
      case RETOUCH -> setting.sampled(Retouch.of(prompt, source, whole).area(area), seed).build();
      case OUTPAINT ->
          setting
              .sampled(
                  Outpaint.of(prompt, source.crop(new Box(0, 0, half, Scene.SIDE)))
                      .expand(0, 0, half, 0),
                  seed)
              .build();
    };
  }

  /// One picture with another's pixels where it is to be painted.
  private static Picture covered(Picture picture, Picture empty, boolean[] painted) {
    byte[] rgb = picture.toBytes();
    byte[] other = empty.toBytes();
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % Scene.SIDE / Scene.TOKEN;
      int y = i / 3 / Scene.SIDE / Scene.TOKEN;
      rgb[i] = painted[y * Scene.TOKENS + x] ? other[i] : rgb[i];
    }
    return Picture.of(Scene.SIDE, Scene.SIDE, rgb);
  }
}
