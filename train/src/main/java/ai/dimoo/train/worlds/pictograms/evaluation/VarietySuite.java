package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.judge.Seen;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How different the pictures of one prompt are.
final class VarietySuite implements Suite {

  private static final int PROMPTS = 20;
  private static final int SEEDS = 16;

  @Override
  public String name() {
    return "variety";
  }

  @Override
  public String right() {
    return "different places, artists and backgrounds over " + SEEDS + " seeds of one prompt";
  }

  @Override
  public String baseline() {
    return "none";
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < PROMPTS; i++) {
      RandomGenerator random = setting.random(name(), i);
      Thing thing = setting.things().get(random.nextInt(setting.things().size()));
      trials.add(Trial.of("places", pupil -> run(setting, thing, pupil)));
    }
    return trials;
  }

  private static Outcome run(Setting setting, Thing thing, Pupil pupil) {
    Set<List<Integer>> places = new HashSet<>();
    Set<Object> artists = new HashSet<>();
    Set<Object> backgrounds = new HashSet<>();
    List<Picture> shown = new ArrayList<>();
    int right = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Picture picture = pupil.picture(setting.draw(thing.withArticle(), seed));
      shown.add(picture);
      Seen seen = setting.judge().look(picture);
      backgrounds.add(seen.background());
      for (Item item : seen.items()) {
        if (item.subject() instanceof Pictogram drawing && drawing.thing().equals(thing)) {
          right++;
          places.add(List.of(item.column(), item.row(), item.size().tokens()));
          artists.add(drawing.artist());
          break;
        }
      }
    }
    return new Outcome(
        List.of(
            Score.in(Unit.NUMBER, "places", places.size()),
            Score.in(Unit.NUMBER, "artists", artists.size()),
            Score.in(Unit.NUMBER, "backgrounds", backgrounds.size()),
            Score.in(Unit.NUMBER, "pictures that show the thing", right)),
        shown);
  }
}
