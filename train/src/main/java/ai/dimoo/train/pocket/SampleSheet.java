package ai.dimoo.train.pocket;

import ai.dimoo.Dimoo;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.worlds.shapes.EvaluationPrompt;
import ai.dimoo.train.worlds.shapes.EvaluationPrompts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a model makes of some prompts of the evaluation, to look at while it trains: a row for each
/// category, from single objects to colour attribution.
final class SampleSheet {

  private static final int COLUMNS = 4;

  private SampleSheet() {}

  /// @param model a checkpoint's folder
  static Picture of(Path model) {
    List<Picture> pictures = new ArrayList<>();
    try (Dimoo dimoo = Dimoo.open(model)) {
      for (List<EvaluationPrompt> prompts : EvaluationPrompts.heldOut().values()) {
        for (EvaluationPrompt prompt : prompts.subList(0, COLUMNS)) {
          pictures.add(
              dimoo
                  .generate(TextToImage.of(prompt.text()).seed(pictures.size()).build())
                  .picture());
        }
      }
    }
    return ContactSheet.of(pictures, COLUMNS, 4, 2);
  }
}
