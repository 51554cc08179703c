package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every thing alone, by its name: by anyone, and by either artist.
final class NamesSuite implements Suite {

  private static final int SEEDS = 4;
  private static final int WORST = 10;

  private record Named(Setting setting, Thing thing, @Nullable Artist artist, long seed)
      implements Trial {

    @Override
    public String row() {
      return artist == null ? "by anyone" : "by " + artist.word();
    }

    @Override
    public Outcome run(Pupil pupil) {
      String style = artist == null ? "" : " in the " + artist.word() + " style";
      String prompt = thing.withArticle() + style;
      Picture picture = pupil.picture(setting.draw(prompt, seed));
      Requirement requirement = Requirement.of(List.of(Part.one(Look.of(thing).by(artist))));
      return Outcome.of(Score.of(row(), setting.satisfies(requirement, picture), false), picture)
          .saying(prompt);
    }
  }

  @Override
  public String name() {
    return "names";
  }

  @Override
  public String right() {
    return "that thing, by the artist that was asked for, and nothing else";
  }

  @Override
  public String baseline() {
    return "an empty picture";
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    // a limit takes evenly from a row: of each thing fewer seeds, then fewer things
    for (Thing thing : setting.things()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        trials.add(new Named(setting, thing, null, seed));
        for (Artist artist : Artist.values()) {
          trials.add(new Named(setting, thing, artist, seed));
        }
      }
    }
    return trials;
  }

  @Override
  public List<String> notes(List<Trial> trials, List<Outcome> outcomes) {
    Map<Thing, double[]> byThing = new HashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      double[] sums = byThing.computeIfAbsent(((Named) trials.get(i)).thing(), t -> new double[2]);
      sums[0] += outcomes.get(i).scores().getFirst().value();
      sums[1]++;
    }
    String worst =
        byThing.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Thing, double[]>>comparingDouble(
                        entry -> entry.getValue()[0] / entry.getValue()[1])
                    .thenComparing(entry -> entry.getKey().key()))
            .limit(WORST)
            .map(entry ->
                "%s %.0f/%.0f"
                    .formatted(entry.getKey().noun(), entry.getValue()[0], entry.getValue()[1]))
            .collect(Collectors.joining(", "));
    return List.of("worst: " + worst);
  }

  @Override
  public int shown() {
    return 32;
  }
}
