package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.Crop;
import ai.dimoo.image.CropSizes;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Resize;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Request;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Sizes of input pictures, by task (reference `inference/*.py`, `utils/image_utils.py` and the
/// VLMEvalKit model for questions).
///
/// @param cropSide see {@link ModelDefaults#cropSide}
/// @param understandingSide see {@link ModelDefaults#understandingSide}
/// @param factor pixels per token along a side; crops are multiples of two tokens
public record InputPictures(int cropSide, int understandingSide, int factor) {

  /// A picture of which less is seen is worth a word.
  private static final double SEEN = 0.9;

  /// Those of a checkpoint, by its generation_config.json.
  ///
  /// @param factor pixels per token along a side
  /// @throws ai.dimoo.error.UserException if a field of that file is not usable
  public static InputPictures of(Checkpoint checkpoint, int factor) {
    ModelDefaults defaults = ModelDefaults.of(checkpoint, factor);
    return new InputPictures(defaults.cropSide(), defaults.understandingSide(), factor);
  }

  /// A picture to edit, or a style reference.
  public Picture forEditing(Picture picture) {
    return sizes(cropSide).crop(picture);
  }

  /// A picture to paint in: both sides rounded down.
  Picture forPainting(Picture picture) {
    return Resize.toMultipleOf(picture, factor);
  }

  /// The pictures of a question: of several, each is cropped as for editing; one alone only if it
  /// is smaller or larger than the model was trained on.
  public List<Picture> forQuestion(List<Picture> pictures) {
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

  /// What of pictures the model does not see, a sentence for each that loses more than a tenth, or
  /// that is painted in and loses anything.
  List<String> notes(Request request) {
    return switch (request) {
      case Ask ask -> notes(ask.images(), ask.images().size() > 1);
      case Edit edit ->
          notes(Stream.of(edit.image(), edit.reference()).filter(Objects::nonNull).toList(), true);
      case Inpaint inpaint -> rounded(inpaint.image().size());
      case Outpaint outpaint -> rounded(outpaint.image().size());
      case Retouch retouch -> rounded(retouch.image().size());
      case TextToImage _ -> List.of();
    };
  }

  /// Fewer pixels than a token's are lost at the sides of a picture to paint in, added ones too.
  private List<String> rounded(Size size) {
    Size made = new Size(size.width() / factor * factor, size.height() / factor * factor);
    return made.equals(size)
        ? List.of()
        : List.of(
            "The picture of %s is made at %s: sides are multiples of %d pixels."
                .formatted(size, made, factor));
  }

  private List<String> notes(List<Picture> pictures, boolean asForEditing) {
    List<String> notes = new ArrayList<>();
    for (Picture picture : pictures) {
      long area = (long) picture.width() * picture.height();
      boolean large = area > (long) understandingSide * understandingSide;
      if (asForEditing || large || area < (long) cropSide * cropSide) {
        Crop crop =
            sizes(asForEditing || !large ? cropSide : understandingSide).cropOf(picture.size());
        double shrink = (double) crop.resized().width() / picture.width();
        Size seen =
            new Size(
                (int) Math.rint(crop.box().width() / shrink),
                (int) Math.rint(crop.box().height() / shrink));
        if ((double) seen.width() * seen.height() < SEEN * area) {
          notes.add(
              "Of the picture of %s the model sees the middle, %s: crop it to what matters."
                  .formatted(picture.size(), seen));
        }
      }
    }
    return notes;
  }

  private CropSizes sizes(int side) {
    return CropSizes.forSide(side, 2 * factor);
  }
}
