package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Recipe;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.openai.Orders;
import ai.dimoo.server.openai.UsualFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns a file of prompts into pictures to make, or refuses it before any is made. Used once.
final class PromptsPlan {

  /// The field of a line that names its picture's file.
  private static final String OUTPUT = "output";

  /// What a server grants to strangers does not bind those at the machine; its memory does.
  private static final Limits LIMITS =
      Limits.DEFAULT
          .withPromptCharacters(Integer.MAX_VALUE)
          .withPictures(100_000)
          .withOutputPixels(Long.MAX_VALUE)
          .withTimesteps(Integer.MAX_VALUE);

  private final Dimoo dimoo;
  private final UsualFields usual;
  private final Path folder;
  private final Terminal terminal;
  private final PictureNames names = new PictureNames();
  private final List<PlannedPicture> pictures = new ArrayList<>();
  private final Map<String, List<Integer>> notes = new LinkedHashMap<>();

  /// @param usual what holds for lines that do not say otherwise
  /// @param folder where the pictures are to lie
  PromptsPlan(Dimoo dimoo, UsualFields usual, Path folder, Terminal terminal) {
    this.dimoo = dimoo;
    this.usual = usual;
    this.folder = folder;
    this.terminal = terminal;
  }

  /// The pictures, in the order of the lines.
  ///
  /// @throws UserException if a line cannot be done
  List<PlannedPicture> of(PromptsFile file) {
    BadLines bad = new BadLines(file.name());
    for (PromptsFile.Line line : file.lines()) {
      terminal.stop().check();
      bad.noting(line.number(), () -> add(line));
    }
    bad.refuse();
    return List.copyOf(pictures);
  }

  /// What is to be said of the lines whose pictures are to be made.
  List<String> notes() {
    List<String> texts = new ArrayList<>();
    notes.forEach((text, lines) -> {
      String others = lines.size() == 1 ? "" : " and %d more".formatted(lines.size() - 1);
      texts.add("line %d%s: %s".formatted(lines.getFirst(), others, text));
    });
    return texts;
  }

  private void add(PromptsFile.Line line) {
    ObjectNode fields = line.fields().deepCopy();
    String name = output(fields);
    Orders.Files order = Orders.files(fields, usual, dimoo, LIMITS);
    if (name != null && order.requests().size() > 1) {
      throw new UserException(
          "n is %d, and output names one file: leave one of them out."
              .formatted(order.requests().size()));
    }
    boolean all = true;
    for (ImageRequest request : order.requests()) {
      Recipe recipe = dimoo.recipe(request);
      Path file =
          folder.resolve(name == null ? names.next(recipe, order.seeded()) : names.chosen(name));
      Recipe found = found(file, recipe, order.seeded());
      all &= found != null;
      pictures.add(
          new PlannedPicture(line.number(), request, recipe.settings().timesteps(), file, found));
    }
    if (!all) {
      order
          .warnings()
          .forEach(text -> notes.computeIfAbsent(text, t -> new ArrayList<>()).add(line.number()));
    }
  }

  private static @Nullable String output(ObjectNode fields) {
    JsonNode output = fields.remove(OUTPUT);
    if (output == null || output.isNull()) {
      return null;
    }
    return output.isString() ? output.stringValue() : output.toString();
  }

  /// What made the picture that lies there.
  ///
  /// @return null if none does
  /// @throws UserException if it is another than the request's
  private static @Nullable Recipe found(Path file, Recipe wanted, boolean seeded) {
    if (!Files.exists(file)) {
      return null;
    }
    Recipe found;
    try {
      found = Recipe.ofTexts(ImageFiles.textOf(file), file.toString());
    } catch (UserException e) {
      throw another(file, e);
    }
    if (!PictureNames.same(found, wanted, seeded)) {
      throw another(file, null);
    }
    return found;
  }

  private static UserException another(Path file, @Nullable Throwable cause) {
    return new UserException(
        "%s is there, and is not what this line makes: remove it, or give another folder."
            .formatted(file),
        cause);
  }
}
