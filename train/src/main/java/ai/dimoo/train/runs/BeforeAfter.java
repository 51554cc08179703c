package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Pictures of the same sentences by a model before and after a training.
final class BeforeAfter {

  private BeforeAfter() {}

  /// Two rows: before, after.
  ///
  /// @param prompts at least one
  /// @param before opens the model, which is closed here
  static Picture sheet(List<String> prompts, Supplier<Dimoo> before, Supplier<Dimoo> after) {
    List<Picture> pictures = new ArrayList<>();
    for (Supplier<Dimoo> model : List.of(before, after)) {
      try (Dimoo dimoo = model.get()) {
        for (int i = 0; i < prompts.size(); i++) {
          pictures.add(dimoo.generate(TextToImage.of(prompts.get(i)).seed(i).build()).picture());
        }
      }
    }
    return ContactSheet.of(pictures, prompts.size(), 4, 2);
  }
}
