package ai.dimoo.train.runs;

import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.train.vq.TileCodes;
import ai.dimoo.train.vq.VqTrainer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a run's model consists of, and where it is written in the published layout. Not
/// thread-safe.
public final class ModelPlan {

  /// Of the pictures of a world nearly all; some are crowded with what no code says.
  private static final double MOST = 0.9;

  /// The name of the phase that makes the tokenizer, with `tokenizer.json` in its folder.
  public static final String TOKENIZER = "tokenizer";

  /// The name of the tokenizer's file.
  public static final String TOKENIZER_FILE = "tokenizer.json";

  private final VqPhase vq;
  private final ObjectNode sampling;
  private final Supplier<Knowledge> knowledge;
  private final Path output;
  private @Nullable Knowledge known;
  private boolean roundTripKnown;

  /// @param vq the phase that trains its VQ model
  /// @param sampling how it samples unless told otherwise: `generation_config.json`
  /// @param knowledge what it can say that it knows; asked for once, when the model is first
  ///   written
  /// @param output where it is written
  public ModelPlan(VqPhase vq, ObjectNode sampling, Supplier<Knowledge> knowledge, Path output) {
    this.vq = vq;
    this.sampling = sampling;
    this.knowledge = knowledge;
    this.output = output;
  }

  VqPhase vq() {
    return vq;
  }

  ObjectNode sampling() {
    return sampling;
  }

  Path output() {
    return output;
  }

  /// The run's tokenizer, which is the caller's to close.
  static TextTokenizer openTokenizer(RunFolder run) {
    return TextTokenizer.open(run.of(TOKENIZER));
  }

  /// The ids of tokens that are not text: image codes follow the tokenizer's last token.
  SpecialTokens special(RunFolder run, TextTokenizer tokenizer) {
    int codes = vq.recipe().config().codebookSize();
    int codeOffset = Collections.max(tokenizer.addedTokens().values()) + 1;
    return SpecialTokenReader.of(run.of(TOKENIZER), codeOffset + codes, codes);
  }

  /// Writes the model: the transformer's weights in bfloat16, the VQ model as its phase left it, in
  /// float16. Before that phase has begun its weights are random, and only codes mean something.
  ///
  /// @param stage whose weights these are
  /// @param tiles stay the caller's
  /// @param weights the transformer's by name
  void write(
      RunFolder run,
      Conduct conduct,
      String stage,
      TileCodes tiles,
      TransformerConfig config,
      Map<String, Tensor> weights) {
    try (PointerScope scope = new PointerScope();
        VqTrainer trainer = vq.open(run, tiles, conduct)) {
      CheckpointWriter.to(output)
          .transformer(config.toJson(), in(ScalarType.BFloat16, weights))
          .vq(vq.recipe().config().toJson(), in(ScalarType.Half, trainer.parameters().named()))
          .tokenizer(run.file(TOKENIZER, TOKENIZER_FILE))
          .generationConfig(sampling)
          .knowledge(KnowledgeFile.toJson(known(trainer)))
          .write();
      KeptTraining.write(output, run, stage, tiles);
    }
  }

  /// What the model knows; once its VQ model is done, also what pictures of its world reach there,
  /// which is measured once.
  private Knowledge known(VqTrainer trainer) {
    if (known == null) {
      known = knowledge.get();
    }
    if (!roundTripKnown && vq.done(trainer)) {
      double reached = trainer.reconstructions(vq.samples().get()).psnrOf(MOST);
      known = known.withRoundTripPsnr(Math.round(10 * reached) / 10.0);
      roundTripKnown = true;
    }
    return known;
  }

  private static Map<String, Tensor> in(ScalarType type, Map<String, Tensor> weights) {
    Map<String, Tensor> narrow = new LinkedHashMap<>();
    weights.forEach((name, weight) -> narrow.put(name, weight.to(type)));
    return narrow;
  }
}
