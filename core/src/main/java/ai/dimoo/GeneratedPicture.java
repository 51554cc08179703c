package ai.dimoo;

import ai.dimoo.image.Box;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Retouch;
import ai.dimoo.sequence.CodeGrid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A picture, and everything that is needed to make it again. Immutable.
///
/// @param picture the pixels
/// @param codes the tokens behind them, without offset: what the VQ model made the pixels of,
///   before they were resized where the recipe has {@link Recipe#SAMPLED_SIZE}
/// @param inputTokens what the model was given to make it
/// @param recipe prompt, seed, settings, model
/// @param timings how long it took
/// @param notes why it may not be what was wanted: {@link Dimoo#notes} of the request, and what was
///   seen of its pictures as they were encoded; sentences for the user
public record GeneratedPicture(
    Picture picture,
    CodeGrid codes,
    InputTokens inputTokens,
    Recipe recipe,
    Timings timings,
    List<String> notes) {

  /// Copies the list.
  public GeneratedPicture {
    notes = List.copyOf(notes);
  }

  /// The seed that it was sampled with, drawn if the request had none.
  public long seed() {
    return recipe.settings().seed();
  }

  /// The codes, and which model's they are.
  public PictureCodes pictureCodes() {
    return new PictureCodes(codes, recipe.model().fingerprint());
  }

  /// Begins a request that repaints a box of it and leaves the rest as it is.
  ///
  /// @param prompt what the whole picture is to show
  /// @param box what is repainted, in pixels
  public Retouch.Builder retouch(String prompt, Box box) {
    return Retouch.of(prompt, picture, box).codes(pictureCodes());
  }

  /// The texts of its PNG file, by keyword: the recipe, and the codes unless it was resized.
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>(recipe.toTexts());
    if (!recipe.inputs().containsKey(Recipe.SAMPLED_SIZE)) {
      texts.put(PictureCodes.KEYWORD, pictureCodes().toText(picture));
    }
    return texts;
  }

  /// Writes a PNG with recipe and codes inside, whole or not at all.
  ///
  /// @throws ai.dimoo.error.UserException if the file cannot be written there
  /// @throws ai.dimoo.error.EnvironmentException if the disk is full or fails
  public void writePng(Path file) {
    ImageFiles.writePng(file, picture, toTexts());
  }
}
