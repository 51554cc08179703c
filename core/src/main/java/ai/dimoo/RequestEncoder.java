package ai.dimoo;

import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.image.PaintMask.Coverage;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.image.SquaredError;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.request.Fit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenMask;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to the sequence that the model reads, its defaults filled in. Used once, on a thread
/// of the engine.
final class RequestEncoder {

  private static final int MAX_TOKENS = ModelDefaults.MAX_SIDE * ModelDefaults.MAX_SIDE;

  private final LoadedModel model;
  private final ModelDefaults defaults;
  private final InputPictures inputs;
  private final int factor;
  private final List<String> notes = new ArrayList<>(); // of the pictures that were encoded

  RequestEncoder(LoadedModel model) {
    this.model = model;
    defaults = model.defaults;
    factor = model.codec.factor();
    inputs = model.inputs;
  }

  PictureSequence encode(ImageRequest request) {
    model.notes.requireTrained(request);
    return switch (request) {
      case TextToImage r -> textToImage(r);
      case Inpaint r -> inpaint(r);
      case Outpaint r -> outpaint(r);
      case Retouch r -> retouch(r);
      case Edit r -> edit(r);
    };
  }

  private PictureSequence textToImage(TextToImage request) {
    Size size = model.sizes.sampled(request);
    requireRoom(size.height(), size.width());
    TokenSequence sequence =
        model.prompts.textToImage(request.prompt(), size.height() / factor, size.width() / factor);
    Size asked = model.sizes.asked(request);
    return new PictureSequence(
        TextToImage.TASK,
        sequence,
        defaults.textToImage(request.sampling()),
        asked.equals(size) ? Map.of() : Map.of(Recipe.SAMPLED_SIZE, size.toString()),
        Finish.resized(size, asked),
        notes);
  }

  private PictureSequence inpaint(Inpaint request) {
    Picture source = request.image();
    Picture picture = inputs.forPainting(source);
    TokenMask mask = request.area().inside(source.size(), picture.size(), factor, Coverage.MOST);
    return painting(Inpaint.TASK, request, encode(picture), mask, Fingerprint.of(source));
  }

  private PictureSequence outpaint(Outpaint request) {
    Picture source = request.image();
    Picture picture = inputs.forPainting(source);
    TokenMask mask = request.area().outside(source.size(), picture.size(), factor);
    return painting(Outpaint.TASK, request, encode(picture), mask, Fingerprint.of(source));
  }

  private PictureSequence retouch(Retouch request) {
    Picture source = request.image();
    Picture picture = inputs.forPainting(source);
    PictureCodes known = request.codes();
    CodeGrid codes = ofThisModel(known, picture.size()) ? known.grid() : encode(picture);
    TokenMask mask = request.area().inside(source.size(), picture.size(), factor, Coverage.ANY);
    return painting(Retouch.TASK, request, codes, mask, Fingerprint.of(source));
  }

  /// A file may claim anything: codes that this model does not have are no codes of it either.
  private boolean ofThisModel(@Nullable PictureCodes codes, Size size) {
    return codes != null
        && codes.modelFingerprint().equals(model.identity.fingerprint())
        && codes.grid().rows() * factor == size.height()
        && codes.grid().columns() * factor == size.width()
        && codes.grid().isOf(model.special.codebookSize());
  }

  private PictureSequence painting(
      String task, ImageRequest request, CodeGrid source, TokenMask mask, String fingerprint) {
    if (mask.count() == 0) {
      throw new UserException(
          "Nothing of the picture is to be repainted: no token lies in the area. Choose another.");
    }
    return new PictureSequence(
        task,
        model.prompts.painting(request.prompt(), source.masked(mask)),
        defaults.textToImage(request.sampling()),
        Map.of(Recipe.IMAGE, fingerprint, Recipe.MASK, Recipe.maskText(mask)),
        Finish.none(size(source)),
        notes);
  }

  private PictureSequence edit(Edit request) {
    List<CodeGrid> pictures = new ArrayList<>();
    Map<String, String> recipe = new LinkedHashMap<>();
    Fit fit = InputPictures.fit(request);
    pictures.add(encode(inputs.forEditing(request.image(), fit)));
    recipe.put(Recipe.IMAGE, Fingerprint.of(request.image()));
    Picture reference = request.reference();
    if (reference != null) {
      pictures.add(encode(inputs.forEditing(reference, fit)));
      recipe.put(Recipe.REFERENCE, Fingerprint.of(reference));
    }
    Task task = request.task();
    if (!task.isNamed()) {
      recipe.put(Recipe.AS_REFERENCE, "true");
    }
    CodeGrid first = pictures.getFirst();
    Finish finish = Finish.none(size(first));
    if (fit == Fit.PAD) {
      recipe.put(Recipe.FIT, fit.toString());
      finish = Finish.part(size(first), inputs.padding(request.image().size()).box());
    }
    if (finish.changes()) {
      recipe.put(Recipe.SAMPLED_SIZE, finish.sampled().toString());
    }
    // The reference implementation lets the last picture set the size: style transfer would give a
    // landscape the shape of an upright painting.
    TokenSequence sequence =
        model.prompts.imageToImage(task, request.prompt(), pictures, first.rows(), first.columns());
    return new PictureSequence(
        task.name(), sequence, defaults.imageToImage(request.sampling()), recipe, finish, notes);
  }

  private Size size(CodeGrid grid) {
    return new Size(grid.columns() * factor, grid.rows() * factor);
  }

  /// A question as the model reads it.
  ///
  /// @param settings how to sample
  /// @param notes what was seen of its pictures, sentences for the user
  record Question(TokenSequence sequence, TextSamplerSettings settings, List<String> notes) {}

  Question encode(Ask request) {
    model.notes.requireTrained(request);
    List<CodeGrid> pictures =
        inputs.forQuestion(request.images(), InputPictures.fit(request)).stream()
            .map(this::encode)
            .toList();
    if (request.oneToken()) {
      int padding = defaults.text().genLength() - 1; // the room of a free answer
      return new Question(
          model.prompts.oneTokenAnswer(request.question(), pictures, padding),
          request.sampling().resolveOneToken(defaults.text()),
          notes);
    }
    TextSamplerSettings settings = defaults.text(request.sampling());
    return new Question(
        model.prompts.answer(request.question(), pictures, settings.genLength()), settings, notes);
  }

  private CodeGrid encode(Picture picture) {
    requireRoom(picture.height(), picture.width());
    CodeGrid codes = model.codec.encode(picture);
    noteRoundTrip(picture, codes);
    return codes;
  }

  /// A picture unlike those that the model was trained on is said to be so: its codes mean
  /// something else.
  private void noteRoundTrip(Picture picture, CodeGrid codes) {
    Double expected = model.knowledge.roundTripPsnr();
    if (expected == null) {
      return;
    }
    double found = SquaredError.of(picture, model.codec.decode(codes)).psnr();
    if (found < expected) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The picture of %s is unlike those that the model was trained on: encoded and decoded it"
                  + " reaches %.1f dB, they reach %.1f or more. Expect little of the result.",
              picture.size(),
              found,
              expected));
    }
  }

  private void requireRoom(long height, long width) {
    if (height / factor * (width / factor) > MAX_TOKENS) {
      int side = ModelDefaults.MAX_SIDE * factor;
      throw new UserException(
          "A picture of %dx%d pixels is too large for this model: at most %dx%<d, or as many pixels in"
                  .formatted(width, height, side)
              + " another shape.");
    }
  }
}
