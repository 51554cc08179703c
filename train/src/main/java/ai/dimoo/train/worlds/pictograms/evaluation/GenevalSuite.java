package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.language.Caption;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompt;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompts;
import java.util.ArrayList;
import java.util.List;

/// GenEval's six categories (arXiv:2310.11513) in the world of pictograms.
final class GenevalSuite implements Suite {

  @Override
  public String name() {
    return "geneval";
  }

  @Override
  public String right() {
    return "all that is asked and nothing else";
  }

  @Override
  public String baseline() {
    return "an empty picture";
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    EvaluationPrompts.of(setting.split(), setting.things())
        .forEach((category, prompts) -> {
          for (int i = 0; i < prompts.size(); i++) {
            trials.add(trial(setting, prompts.get(i), i));
          }
        });
    return trials;
  }

  static Trial trial(Setting setting, EvaluationPrompt prompt, long seed) {
    String row = prompt.category().tag();
    Caption caption = prompt.caption();
    return Trial.of(
        row,
        pupil -> {
          Picture picture = pupil.picture(setting.draw(caption.text(), seed));
          boolean right = setting.satisfies(caption.requirement(), picture);
          return Outcome.of(Score.of(row, right, false), picture).saying(caption.text());
        });
  }

  @Override
  public int shown() {
    return 12;
  }
}
