package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.language.Caption;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.scene.Backdrops;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A picture of one thing and a sentence, and that very thing, its artist and its colour, in the
/// scene that the sentence describes. The sentence says neither artist nor colour of it.
public final class SubjectTask implements PictureTask {

  private static final Task TASK = Task.named("subject_driven");

  /// How often a thing that can be dyed is.
  private static final double TINTED_SHARE = 0.5;

  private final SceneGenerator scenes;
  private final Split split;

  /// @param options of the scenes that are asked for
  public SubjectTask(SceneOptions options) {
    scenes =
        new SceneGenerator(options.only(SceneKind.SINGLE, SceneKind.PAIR, SceneKind.RELATION), 0);
    split = options.split();
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    while (true) {
      TaskSample sample = attempt(random);
      if (sample != null) {
        return sample;
      }
    }
  }

  private @Nullable TaskSample attempt(RandomGenerator random) {
    Scene named = scenes.draw(random);
    Item item = named.items().get(random.nextInt(named.items().size()));
    Pictogram plain = (Pictogram) item.subject();
    if (HeldOut.subject(plain.thing(), plain.artist()) != split) {
      return null;
    }
    Pictogram subject =
        plain.thing().rendered() && random.nextDouble() < TINTED_SHARE
            ? plain.tinted(Colour.basic().get(random.nextInt(Colour.basic().size())))
            : plain;
    Scene target = named.replacing(item, item.with(subject));
    Item alone = new Item(subject, 2, 2, ItemSize.LARGE);
    List<Background> backgrounds = Backdrops.suiting(List.of(alone));
    Background behind = backgrounds.get(random.nextInt(backgrounds.size()));
    if (!Backdrops.suits(target.background(), target.items())) {
      return null;
    }
    Caption caption = Captions.caption(named, random);
    return new TaskSample(
        TASK,
        caption.text(),
        List.of(new Motif.OfScene(new Scene(behind, List.of(alone)))),
        new Motif.OfScene(target),
        target.items(),
        very(caption.requirement(), plain, subject));
  }

  /// The requirement with the very subject in the place of its name.
  private static Requirement very(Requirement named, Pictogram plain, Pictogram subject) {
    Item plainly = new Item(plain, 0, 0, ItemSize.LARGE);
    List<Part> parts =
        named.parts().stream()
            .map(part -> {
              Place place =
                  part.place() instanceof Place.Near near
                      ? new Place.Near(near.relation(), very(near.other(), plainly, subject))
                      : part.place();
              return new Part(
                  very(part.look(), plainly, subject), part.least(), part.most(), place);
            })
            .toList();
    return new Requirement(parts, named.kept(), named.background());
  }

  private static Look very(Look look, Item plainly, Pictogram subject) {
    return look.sized(null).fits(plainly) ? Look.exactly(subject).sized(look.size()) : look;
  }
}
