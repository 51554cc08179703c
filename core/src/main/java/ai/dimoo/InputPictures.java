package ai.dimoo;

import ai.dimoo.image.CropSizes;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Resize;
import java.util.List;

/// Sizes of input pictures, by task (reference `inference/*.py`, `utils/image_utils.py` and the
/// VLMEvalKit model for questions).
///
/// @param cropSide see {@link ModelDefaults#cropSide}
/// @param understandingSide see {@link ModelDefaults#understandingSide}
/// @param factor pixels per token along a side; crops are multiples of two tokens
record InputPictures(int cropSide, int understandingSide, int factor) {

  /// A picture to edit, or a style reference.
  Picture forEditing(Picture picture) {
    return sizes(cropSide).crop(picture);
  }

  /// A picture to paint in: both sides rounded down.
  Picture forPainting(Picture picture) {
    return Resize.toMultipleOf(picture, factor);
  }

  /// The pictures of a question: of several, each is cropped as for editing; one alone only if it
  /// is smaller or larger than the model was trained on.
  List<Picture> forQuestion(List<Picture> pictures) {
    return pictures.size() > 1
        ? pictures.stream().map(this::forEditing).toList()
        : List.of(forQuestion(pictures.getFirst()));
  }

  private Picture forQuestion(Picture picture) {
    long area = (long) picture.width() * picture.height();
    if (area < (long) cropSide * cropSide) {
      return sizes(cropSide).crop(picture);
    }
    if (area > (long) understandingSide * understandingSide) {
      return sizes(understandingSide).crop(picture);
    }
    return Resize.toMultipleOf(picture, factor);
  }

  private CropSizes sizes(int side) {
    return CropSizes.forSide(side, 2 * factor);
  }
}
