package ai.dimoo.train.pocket;

import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.runs.ModelPhase;
import ai.dimoo.train.runs.ModelPlan;
import ai.dimoo.train.runs.Phase;
import ai.dimoo.train.runs.ProductPhase;
import ai.dimoo.train.runs.TilesPhase;
import ai.dimoo.train.runs.TransformerPhase;
import ai.dimoo.train.runs.VqPhase;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Mix;
import ai.dimoo.train.source.PictureEncoder;
import ai.dimoo.train.tasks.CaptionWordExamples;
import ai.dimoo.train.tasks.PictureHiding;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.tasks.QuestionExamples;
import ai.dimoo.train.tasks.TextToImageExamples;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A recipe whose run takes seconds: 7 steps of a VQ model and 8 of a transformer on [TinyWorld].
final class TinyRecipe {

  private static final VqRecipe VQ =
      new VqRecipe(
          new VqConfig(List.of(8, 8, 8, 8), 1, 4, 16, 4, 4, Upsampling.NEAREST), 7, 5e-4, 0, 7, 1);

  private static final int TEXTS = 300;
  private static final int TEXT_VOCABULARY = 512;
  private static final int ANSWER_LENGTH = 5;
  private static final int BATCH = 4;
  private static final int CENSUS_BATCHES = 8;
  private static final int STEPS = 8;

  private TinyRecipe() {}

  /// The phases of its run.
  ///
  /// @param output where the model is written
  static List<Phase> phases(Path output) {
    VqPhase vq =
        new VqPhase(VQ, TinyWorld.pictures(BATCH, 1), () -> TinyWorld.pictures(16, 2).pictures(0));
    TransformerPhase transformer =
        new TransformerPhase(
            "transformer",
            null,
            new ModelPlan(vq, sampling(), () -> Knowledge.OPEN, output),
            TinyRecipe::transformer,
            TinyRecipe::examples,
            List.of("a red square on black"));
    TilesPhase tiles =
        new TilesPhase(
            TinyWorld.pictures(32, 3),
            CENSUS_BATCHES,
            VQ.config().codebookSize(),
            VQ.config().pixelsPerCode(),
            1,
            1);
    ProductPhase tokenizer =
        new ProductPhase(
            ModelPlan.TOKENIZER,
            List.of(),
            ModelPlan.TOKENIZER_FILE,
            "%d tokens of %d texts".formatted(TEXT_VOCABULARY, TEXTS),
            (target, run, conduct) ->
                new BpeTrainer(TEXT_VOCABULARY)
                    .train(TinyWorld.texts(TEXTS))
                    .write(run.of(ModelPlan.TOKENIZER)));
    return List.of(tokenizer, tiles, vq, transformer, new ModelPhase(transformer));
  }

  private static ObjectNode sampling() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("width", TinyWorld.SIDE).put("height", TinyWorld.SIDE);
    json.put("crop_side", TinyWorld.SIDE).put("timesteps", 4);
    json.put("steps", ANSWER_LENGTH).put("gen_length", ANSWER_LENGTH);
    return json.put("block_length", ANSWER_LENGTH).put("max_prompt_tokens", 64);
  }

  private static ExampleSource examples(PromptTokens tokens, PictureEncoder encoder) {
    return new Mix(
        List.of(
            new Mix.Part(
                "questions", 0.4, new QuestionExamples(TinyWorld::asked, tokens, ANSWER_LENGTH, 2)),
            new Mix.Part("captions", 0.3, new CaptionWordExamples(TinyWorld::captioned, tokens, 2)),
            new Mix.Part(
                "pictures",
                0.3,
                new TextToImageExamples(
                    TinyWorld::captioned, tokens, step -> new PictureHiding(0.5, 0)))),
        encoder,
        BATCH,
        2);
  }

  private static TransformerRecipe transformer(int vocabularySize) {
    return new TransformerRecipe(
        new TransformerConfig(32, 2, 4, 4, 80, vocabularySize, 10_000, 1e-5, false),
        new LearningRate(2.5e-3, 200, STEPS, 0.1),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1.0),
        8,
        0,
        0.998,
        false,
        1);
  }
}
