package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.train.data.CodebookFingerprint;
import ai.dimoo.train.data.PreparedData;
import ai.dimoo.train.lora.LoraMemory;
import ai.dimoo.train.lora.LoraRecipe;
import ai.dimoo.train.lora.LoraTrainer;
import ai.dimoo.train.source.Prefetched;
import ai.dimoo.train.tasks.CodedExamples;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trains an adapter to a model on prepared data.
///
/// @param model the base model's folder
/// @param data the folder of the prepared data
/// @param adapter where the adapter is written
/// @param prompts sentences whose pictures are shown while it trains; may be empty
public record LoraPhase(
    Path model, Path data, LoraRecipe recipe, Path adapter, List<String> prompts) implements Phase {

  /// The name of the phase.
  public static final String NAME = "lora";

  private static final int AHEAD = 2;
  private static final int MOST_PROMPT_TOKENS = 1024;

  /// Copies the list.
  public LoraPhase {
    prompts = List.copyOf(prompts);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  private static Path state(RunFolder run) {
    return run.file(NAME, TrainingLoop.STATE);
  }

  /// Never: a run that took all its steps is still compared with the recipe that it was begun with.
  @Override
  public boolean done(RunFolder run) {
    return false;
  }

  /// What the training reads, and how it reads it.
  private record Ready(
      Checkpoint checkpoint,
      TransformerConfig config,
      SpecialTokens special,
      String codebook,
      PreparedData records,
      CodedExamples maker) {

    LoraMemory memory(Dtype dtype, LoraRecipe recipe) {
      return LoraMemory.of(config, checkpoint.weights(), dtype, recipe, records.longest(maker));
    }
  }

  /// Opens what the training reads; nothing of the weights is loaded.
  private Ready ready(OwnedParts open) {
    Checkpoint checkpoint = open.own(Checkpoint.open(model));
    WeightFormat few = WeightFormat.stored(checkpoint.config());
    if (few != null) {
      throw new UserException(
          "%s has its weights in %s, on which no adapter is trained; give the model that it was made of."
              .formatted(model, few));
    }
    TransformerConfig config = TransformerConfig.of(checkpoint);
    VqConfig vq = VqConfig.of(checkpoint.vqConfig());
    String codebook = CodebookFingerprint.of(checkpoint);
    SpecialTokens special = SpecialTokenReader.of(model, config.vocabSize(), vq.codebookSize());
    TextTokenizer tokenizer = open.own(TextTokenizer.open(checkpoint.tokenizer()));
    int most =
        checkpoint
            .generationConfig()
            .read(fields -> fields.whole("max_prompt_tokens", MOST_PROMPT_TOKENS));
    CodedExamples maker =
        new CodedExamples(new PromptTokens(tokenizer, special, most), recipe.answerLength());
    PreparedData records = PreparedData.read(data, codebook);
    return new Ready(checkpoint, config, special, codebook, records, maker);
  }

  /// What the training would take of memory.
  ///
  /// @throws UserException if the model or the data cannot be used
  public LoraMemory memory(Dtype dtype) {
    try (OwnedParts open = new OwnedParts()) {
      return ready(open).memory(dtype, recipe);
    }
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    try (OwnedParts open = new OwnedParts()) {
      Ready ready = ready(open);
      PreparedData records = ready.records();
      run.begunWith(
          NAME,
          "%s\ncodebook %s\n%d records of %s"
              .formatted(
                  recipe.withRecompute(false),
                  ready.codebook(),
                  records.records().size(),
                  data.toAbsolutePath()),
          conduct.adopt());
      if (conduct.device().isCpu()) {
        ready.memory(conduct.dtype(), recipe).require(FreeMemory.now());
      }
      WeightFiles weights = ready.checkpoint().weights();
      PlacedWeights placed =
          open.own(new PlacedWeights(weights, conduct.device(), conduct.dtype()));
      PlacedWeights stored = open.own(new PlacedWeights(weights, conduct.device(), null));
      Prefetched examples =
          open.own(
              new Prefetched(
                  records.examples(ready.maker(), recipe.batch(), recipe.seed()), AHEAD));
      LoraTrainer trainer =
          open.own(
              new LoraTrainer(
                  ready.config(),
                  placed,
                  stored,
                  recipe,
                  examples,
                  ready.special().pad(),
                  conduct.dtype(),
                  conduct.device().toDevice()));
      return new TrainingLoop(
              NAME, trainer, recipe.learningRate().steps(), state(run), showing(trainer))
          .run(conduct);
    }
  }

  private TrainingLoop.Showing showing(LoraTrainer trainer) {
    return new TrainingLoop.Showing() {
      @Override
      public void publish() {
        trainer.write(adapter);
      }

      @Override
      public @Nullable Picture sheet() {
        return prompts.isEmpty() ? null : withoutAndWith();
      }
    };
  }

  /// What the model makes of the prompts, without and with the adapter: two rows.
  private Picture withoutAndWith() {
    List<Picture> pictures = new ArrayList<>();
    List<AdapterChoice> none = List.of();
    for (List<AdapterChoice> with : List.of(none, List.of(new AdapterChoice(adapter, 1)))) {
      try (Dimoo dimoo = Dimoo.open(model, ModelOptions.DEFAULT.withAdapters(with))) {
        for (int i = 0; i < prompts.size(); i++) {
          pictures.add(dimoo.generate(TextToImage.of(prompts.get(i)).seed(i).build()).picture());
        }
      }
    }
    return ContactSheet.of(pictures, prompts.size(), 4, 2);
  }
}
