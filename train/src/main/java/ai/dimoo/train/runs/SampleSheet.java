package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.vq.TileCodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model makes of some sentences, to look at while it trains.
final class SampleSheet {

  private static final int COLUMNS = 4;

  private SampleSheet() {}

  /// @param model a checkpoint's folder
  /// @param tiles decode the codes in the VQ model's place; null: the VQ model does
  static Picture of(Path model, List<String> prompts, @Nullable TileCodes tiles) {
    List<Picture> pictures = new ArrayList<>();
    try (Dimoo dimoo = Dimoo.open(model)) {
      for (String prompt : prompts) {
        GeneratedPicture made =
            dimoo.generate(TextToImage.of(prompt).seed(pictures.size()).build());
        pictures.add(tiles == null ? made.picture() : tiles.decode(made.codes()));
      }
    }
    return ContactSheet.of(pictures, COLUMNS, 4, 2);
  }
}
