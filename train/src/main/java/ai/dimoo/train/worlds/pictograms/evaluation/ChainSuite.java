package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.train.worlds.pictograms.judge.Seen;
import ai.dimoo.train.worlds.pictograms.language.Language;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.language.Questions;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Kinship;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Draw, change what was drawn, ask about the result: the model's own pictures, as files.
final class ChainSuite implements Suite {

  private static final int EACH = 50;
  private static final int JPEG_QUALITY = 90;

  private static final Question.Kind[] ASKED = {
    Question.Kind.WHAT, Question.Kind.COUNT, Question.Kind.NEIGHBOUR, Question.Kind.BACKGROUND
  };

  /// Two things, one of which becomes a third.
  private record Story(Thing one, Thing other, Thing third) {}

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public String right() {
    return "the picture, then the edit of that picture, then the answer about the edited one";
  }

  @Override
  public String baseline() {
    return "none";
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.TEXT_TO_IMAGE, Task.named("edit_replace"), Task.UNDERSTANDING);
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    for (String format : List.of("png", "jpeg")) {
      for (int i = 0; i < EACH; i++) {
        long number = i;
        Story story = story(setting, setting.random(name(), i));
        trials.add(Trial.of(format, pupil -> run(setting, format, story, number, pupil)));
      }
    }
    return trials;
  }

  private static Story story(Setting setting, RandomGenerator random) {
    List<Thing> core = setting.things().stream().filter(Thing::core).toList();
    List<Thing> things = core.size() < 3 ? setting.things() : core;
    while (true) {
      Thing one = things.get(random.nextInt(things.size()));
      Thing other = things.get(random.nextInt(things.size()));
      Thing third = things.get(random.nextInt(things.size()));
      if (!Kinship.confusable(one, other)
          && !Kinship.confusable(one, third)
          && !Kinship.confusable(other, third)) {
        return new Story(one, other, third);
      }
    }
  }

  private static Outcome run(Setting setting, String format, Story story, long seed, Pupil pupil) {
    Picture drawn =
        saved(
            pupil.picture(
                setting.draw(
                    story.one().withArticle() + " and " + story.other().withArticle(), seed)),
            format);
    Seen first = setting.judge().look(drawn);
    Requirement both =
        Requirement.of(List.of(Part.one(Look.of(story.one())), Part.one(Look.of(story.other()))));
    if (!first.meets(both)) {
      return Outcome.of(Score.share(format, 0, 0), drawn).saying("the first picture is wrong");
    }
    Picture edited =
        saved(
            pupil.picture(
                setting
                    .sampled(
                        Edit.of(Task.named("edit_replace"), drawn)
                            .prompt(
                                "Replace the %s with %s."
                                    .formatted(story.other().noun(), story.third().withArticle())),
                        seed)
                    .build()),
            format);
    Seen second = setting.judge().look(edited);
    if (!second.meets(replaced(first, story))) {
      return Outcome.of(Score.share(format, 0, 0), drawn, edited).saying("the edit is wrong");
    }
    Question question =
        question(new Scene(second.background(), second.items()), setting.random("asked", seed));
    String answer = pupil.answer(setting.ask(question.text(), seed).image(edited).build());
    boolean right = UnderstandSuite.said(answer).equals(UnderstandSuite.said(question.answer()));
    return Outcome.of(Score.share(format, right ? 1 : 0, 0), drawn, edited)
        .saying("%s -> %s; right: %s".formatted(question.text(), answer, question.answer()));
  }

  private static Requirement replaced(Seen first, Story story) {
    Look old = Look.of(story.other());
    Item changed = first.items().stream().filter(old::fits).findFirst().orElseThrow();
    List<Item> kept = new ArrayList<>(first.items());
    kept.remove(changed);
    Part part = Part.one(Look.of(story.third())).at(new Place.On(changed.column(), changed.row()));
    return new Requirement(List.of(part), kept, first.background());
  }

  private static Question question(Scene scene, RandomGenerator random) {
    while (true) {
      Question.Kind kind = ASKED[random.nextInt(ASKED.length)];
      List<Question> questions = Questions.of(kind, scene, Language.ENGLISH, random);
      if (!questions.isEmpty()) {
        return questions.get(random.nextInt(questions.size()));
      }
    }
  }

  private static Picture saved(Picture picture, String format) {
    byte[] file =
        format.equals("png")
            ? ImageFiles.encodePng(picture, Map.of())
            : ImageFiles.encodeJpeg(picture, JPEG_QUALITY);
    return ImageFiles.read(file, format);
  }
}
