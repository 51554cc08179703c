package ai.dimoo.app;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.train.runs.PromptSource;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.training.WorldCaptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The prompts of `dimoo train shortcut`.
final class TrainingPrompts {

  private static final String PROMPT = "prompt";

  private TrainingPrompts() {}

  /// @param file text or JSON objects, one prompt a line; null: the captions of the world that the
  ///   model knows
  /// @param model the model's folder
  /// @throws UserException if the file cannot be used, or there is none and the model knows no
  ///   world
  static PromptSource of(@Nullable Path file, Path model, long seed) {
    if (file != null) {
      return PromptSource.of(read(file), seed);
    }
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      Size own = new Size(Scene.SIDE, Scene.SIDE);
      boolean named = !KnowledgeFile.read(checkpoint).things().isEmpty();
      if (!named || !KnowledgeFile.read(checkpoint).includes(own)) {
        throw new UserException(
            "Only for the pocket model there are prompts of its own: give a file of them with --prompts, for instance 2,000 sentences of the kind that you ask %s for."
                .formatted(model));
      }
    }
    WorldCaptions captions = WorldCaptions.ofTaught(seed);
    return new PromptSource("captions of pictograms, seed " + seed, captions::of);
  }

  private static List<String> read(Path file) {
    String first = TextFile.read(file, "prompts").strip();
    if (!first.startsWith("{")) {
      return ComparedPrompts.of(file);
    }
    List<String> prompts = new ArrayList<>();
    PromptsFile lines = PromptsFile.read(file);
    BadLines bad = new BadLines(lines.name());
    for (PromptsFile.Line line : lines.lines()) {
      bad.noting(line.number(), () -> prompts.add(prompt(line)));
    }
    bad.refuse();
    return prompts;
  }

  private static String prompt(PromptsFile.Line line) {
    JsonNode prompt = line.fields().get(PROMPT);
    if (prompt == null || !prompt.isString() || prompt.stringValue().isBlank()) {
      throw new UserException("prompt is %s, expected a sentence".formatted(prompt));
    }
    if (line.fields().size() > 1) {
      List<String> others = new ArrayList<>(line.fields().propertyNames());
      others.remove(PROMPT);
      throw new UserException(
          "%s: a network is trained on pictures from a prompt alone; leave the other fields out"
              .formatted(String.join(", ", others)));
    }
    return prompt.stringValue();
  }
}
