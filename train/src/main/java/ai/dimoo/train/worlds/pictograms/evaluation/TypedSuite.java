package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.train.worlds.pictograms.tasks.PeopleSuite;
import java.util.ArrayList;
import java.util.List;

/// What people would type, outside the grammar of training. What the judge cannot tell is shown on
/// the sheet and not counted.
final class TypedSuite implements Suite {

  private static final String PROMPTS = "prompts";
  private static final String EDITS = "edits";
  private static final String QUESTIONS = "questions";
  private static final String BY_EYE = "to be judged by eye";

  @Override
  public String name() {
    return "people";
  }

  @Override
  public String right() {
    return "all that is asked and nothing else, or one of the right answers";
  }

  @Override
  public String baseline() {
    return "an empty picture, the unchanged picture, \"yes\"";
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.TEXT_TO_IMAGE, Task.named("other"), Task.UNDERSTANDING);
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    List<PeopleSuite.Prompt> prompts = PeopleSuite.prompts();
    for (int i = 0; i < prompts.size(); i++) {
      PeopleSuite.Prompt prompt = prompts.get(i);
      long seed = i;
      String row = prompt.requirement() == null ? BY_EYE : PROMPTS;
      trials.add(Trial.of(row, pupil -> drawn(setting, prompt, seed, pupil)));
    }
    List<PeopleSuite.Edit> edits = PeopleSuite.edits();
    for (int i = 0; i < edits.size(); i++) {
      PeopleSuite.Edit edit = edits.get(i);
      long seed = i;
      String row = edit.requirement() == null ? BY_EYE : EDITS;
      trials.add(Trial.of(row, pupil -> edited(setting, edit, seed, pupil)));
    }
    for (PeopleSuite.Asked asked : PeopleSuite.questions()) {
      trials.add(Trial.of(QUESTIONS, pupil -> answered(setting, asked, pupil)));
    }
    return trials;
  }

  private static Outcome drawn(Setting setting, PeopleSuite.Prompt prompt, long seed, Pupil pupil) {
    Picture picture = pupil.picture(setting.draw(prompt.text(), seed));
    Outcome outcome =
        prompt.requirement() == null
            ? Outcome.of(byEye(), picture)
            : Outcome.of(
                Score.of(PROMPTS, setting.satisfies(prompt.requirement(), picture), false),
                picture);
    return outcome.saying(prompt.text());
  }

  private static Outcome edited(Setting setting, PeopleSuite.Edit edit, long seed, Pupil pupil) {
    Picture before = setting.picture(edit.before());
    // what people type says no task; "other" is what takes any sentence
    Edit request =
        setting.sampled(Edit.of(Task.named("other"), before).prompt(edit.text()), seed).build();
    Picture after = pupil.picture(request);
    Outcome outcome =
        edit.requirement() == null
            ? Outcome.of(byEye(), before, after)
            : Outcome.of(
                Score.of(
                    EDITS,
                    setting.satisfies(edit.requirement(), after),
                    setting.satisfies(edit.requirement(), before)),
                before,
                after);
    return outcome.saying(edit.text());
  }

  private static Outcome answered(Setting setting, PeopleSuite.Asked asked, Pupil pupil) {
    Picture picture = setting.picture(asked.scene());
    String answer = pupil.answer(setting.ask(asked.text(), 0).image(picture).build());
    return Outcome.of(Score.of(QUESTIONS, asked.right(answer), asked.right("yes")), picture)
        .saying("%s -> %s; right: %s".formatted(asked.text(), answer, asked.answers()));
  }

  /// Counted, not scored.
  private static Score byEye() {
    return Score.in(Unit.NUMBER, BY_EYE, 1);
  }

  @Override
  public int shown() {
    return 48;
  }
}
