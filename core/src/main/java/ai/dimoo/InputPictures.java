package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.Crop;
import ai.dimoo.image.CropSizes;
import ai.dimoo.image.Padding;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Resize;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Fit;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Request;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;

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

  /// How a request has its pictures fitted.
  static Fit fit(Request request) {
    Fit asked = request.sampling().get(SamplingTable.FIT);
    return asked == null ? Fit.CROP : asked;
  }

  /// A picture to edit, or a style reference, cropped.
  public Picture forEditing(Picture picture) {
    return forEditing(picture, Fit.CROP);
  }

  /// A picture to edit, or a style reference.
  Picture forEditing(Picture picture, Fit fit) {
    return fitted(picture, cropSide, fit);
  }

  private Picture fitted(Picture picture, int side, Fit fit) {
    return switch (fit) {
      case CROP -> sizes(side).crop(picture);
      case PAD -> sizes(side).paddingOf(picture.size()).of(picture);
    };
  }

  /// Where a picture to edit lies in what the model sees, if all of it is to be seen.
  Padding padding(Size picture) {
    return sizes(cropSide).paddingOf(picture);
  }

  /// A picture to paint in: both sides rounded down.
  Picture forPainting(Picture picture) {
    return Resize.toMultipleOf(picture, factor);
  }

  /// The pictures of a question, cropped: of several, each as for editing; one alone only if it is
  /// smaller or larger than the model was trained on.
  public List<Picture> forQuestion(List<Picture> pictures) {
    return forQuestion(pictures, Fit.CROP);
  }

  /// The pictures of a question.
  List<Picture> forQuestion(List<Picture> pictures, Fit fit) {
    return pictures.size() > 1
        ? pictures.stream().map(picture -> forEditing(picture, fit)).toList()
        : List.of(forQuestion(pictures.getFirst(), fit));
  }

  private Picture forQuestion(Picture picture, Fit fit) {
    long area = (long) picture.width() * picture.height();
    if (area < (long) cropSide * cropSide) {
      return fitted(picture, cropSide, fit);
    }
    if (area > (long) understandingSide * understandingSide) {
      return fitted(picture, understandingSide, fit);
    }
    return Resize.toMultipleOf(picture, factor);
  }

  /// What of pictures the model does not see: a sentence for each that is cropped and loses more
  /// than a tenth, or that is painted in and loses anything, and for each that is a frame of many.
  ///
  /// @throws ai.dimoo.error.UserException if a picture is too elongated or too small to be fitted
  List<String> notes(Request request) {
    List<String> notes = new ArrayList<>();
    for (Picture picture : request.pictures()) {
      if (picture.frames() > 1) {
        notes.add(
            "Of the animated picture of %s only the first of %d frames is seen."
                .formatted(picture.size(), picture.frames()));
      }
    }
    notes.addAll(
        switch (request) {
          case Ask ask -> unseen(ask.images(), ask.images().size() > 1, fit(request));
          case Edit edit -> unseen(edit.pictures(), true, fit(request));
          case Inpaint inpaint -> rounded(inpaint.image().size());
          case Outpaint outpaint -> rounded(outpaint.image().size());
          case Retouch retouch -> rounded(retouch.image().size());
          case TextToImage _ -> List.of();
        });
    return notes;
  }

  /// Fewer pixels than a token's are lost at the sides of a picture to paint in, added ones too.
  private List<String> rounded(Size size) {
    Size made = Resize.multipleOf(size, factor);
    return made.equals(size)
        ? List.of()
        : List.of(
            "The picture of %s is made at %s: sides are multiples of %d pixels."
                .formatted(size, made, factor));
  }

  private List<String> unseen(List<Picture> pictures, boolean asForEditing, Fit fit) {
    List<String> notes = new ArrayList<>();
    for (Picture picture : pictures) {
      Size size = picture.size();
      long area = (long) size.width() * size.height();
      boolean large = area > (long) understandingSide * understandingSide;
      if (asForEditing || large || area < (long) cropSide * cropSide) {
        CropSizes sizes = sizes(asForEditing || !large ? cropSide : understandingSide);
        if (fit == Fit.PAD) {
          sizes.paddingOf(size); // all is seen, if it can be done
        } else {
          notes.addAll(beyond(sizes.cropOf(size)));
        }
      } else {
        Resize.multipleOf(size, factor);
      }
    }
    return notes;
  }

  private static List<String> beyond(Crop crop) {
    Size source = crop.source();
    double shrink = (double) crop.resized().width() / source.width();
    Size seen =
        new Size(
            (int) Math.rint(crop.box().width() / shrink),
            (int) Math.rint(crop.box().height() / shrink));
    boolean most = (double) seen.width() * seen.height() >= SEEN * source.width() * source.height();
    return most
        ? List.of()
        : List.of(
            "Of the picture of %s the model sees the middle, %s: crop it to what matters, or choose the fit pad."
                .formatted(source, seen));
  }

  private CropSizes sizes(int side) {
    return CropSizes.forSide(side, 2 * factor);
  }
}
