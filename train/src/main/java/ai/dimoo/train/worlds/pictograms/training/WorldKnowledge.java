package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnownThing;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a model that learned the world of pictograms can say that it knows.
public final class WorldKnowledge {

  private static final Pattern WORD = Pattern.compile("[\\p{L}&&[^\\p{IsHan}]]+|\\p{IsHan}");

  /// What pictures say, which is in capitals: no word that the model was taught.
  private static final Pattern SPELLED = Pattern.compile("\\b[A-Z0-9]+\\b");

  /// Scenes in whose texts every word of the grammar occurs.
  private static final int SCENES = 8_000;

  /// One large thing and nothing else.
  private static final Size PORTRAIT = new Size(4 * Scene.TOKEN, 4 * Scene.TOKEN);

  private WorldKnowledge() {}

  /// @param tasks names of the tasks that were trained
  /// @param taught the things that it was shown by name
  public static Knowledge of(List<String> tasks, List<Thing> taught) {
    return new Knowledge(
        tasks,
        List.of(new Size(Scene.SIDE, Scene.SIDE), PORTRAIT),
        List.of("English", "Chinese"),
        taught.stream().map(WorldKnowledge::known).toList(),
        words(taught),
        null);
  }

  private static KnownThing known(Thing thing) {
    List<String> names = new ArrayList<>(List.of(thing.noun(), thing.plural()));
    for (String synonym : thing.synonyms()) {
      names.add(synonym);
      if (!isChinese(synonym)) {
        names.add(Things.regularPlural(synonym));
      }
    }
    names.add(thing.chinese());
    return new KnownThing(thing.noun(), names.stream().distinct().toList());
  }

  private static boolean isChinese(String name) {
    return name.codePointAt(0) >= 0x2e80;
  }

  /// The words, and the Chinese characters, of the world's texts with the names of all things taken
  /// out: questions name things that are not taught, as what is not there.
  private static Set<String> words(List<Thing> taught) {
    Pattern names =
        Pattern.compile(
            Things.load().taught().stream()
                .flatMap(thing ->
                    known(thing).names().stream()
                        .filter(name -> isChinese(name) || !taught.contains(thing)))
                .sorted((a, b) -> b.length() - a.length()) // 小猫 before 猫
                .map(name ->
                    isChinese(name) ? Pattern.quote(name) : "\\b" + Pattern.quote(name) + "\\b")
                .collect(Collectors.joining("|")));
    Set<String> words = new TreeSet<>();
    for (String text : WorldCorpus.sentences(SCENES, SceneOptions.standard().with(taught))) {
      String said = SPELLED.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
      WORD.matcher(names.matcher(said).replaceAll(" "))
          .results()
          .map(MatchResult::group)
          .forEach(words::add);
    }
    return words;
  }
}
