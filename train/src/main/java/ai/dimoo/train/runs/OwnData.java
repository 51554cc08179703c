package ai.dimoo.train.runs;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.records.CodebookFingerprint;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.train.data.PreparedData;
import ai.dimoo.train.source.Prefetched;
import ai.dimoo.train.tasks.CodedExamples;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.transformer.TrainingMemory;
import ai.dimoo.train.transformer.TrainingMemory.Learning;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A model that is to be trained further, and the prepared data that it is trained on. Nothing of
/// its weights is loaded.
///
/// @param folder of the data
/// @param codebook the fingerprint of the model's, which the data must have too
record OwnData(
    Checkpoint checkpoint,
    TransformerConfig config,
    SpecialTokens special,
    Path folder,
    String codebook,
    PreparedData records,
    CodedExamples maker) {

  private static final int AHEAD = 2;
  private static final int MOST_PROMPT_TOKENS = 1024;

  /// @param open closes what is opened
  /// @param answerLength tokens of every answer, `</answer>` and padding included
  /// @throws UserException if the model or the data cannot be used
  static OwnData open(OwnedParts open, Path model, Path folder, int answerLength) {
    Checkpoint checkpoint = open.own(Checkpoint.open(model));
    WeightFormat few = WeightFormat.stored(checkpoint.config());
    if (few != null) {
      throw new UserException(
          "%s has its weights in %s, which are not trained; give the model that it was made of."
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
        new CodedExamples(new PromptTokens(tokenizer, special, most), answerLength);
    PreparedData records = PreparedData.read(folder, codebook);
    return new OwnData(checkpoint, config, special, folder, codebook, records, maker);
  }

  /// Notes what a phase is begun with; see [RunFolder#begunWith].
  ///
  /// @param recipe the training's
  void begin(RunFolder run, String phase, Object recipe, Conduct conduct) {
    run.begunWith(
        phase,
        "%s\ncodebook %s\n%d records of %s"
            .formatted(recipe, codebook, records.records().size(), folder.toAbsolutePath()),
        "%s\ncodebook %s\nrecords %s\nmodel %s, its first matrix %x"
            .formatted(recipe, codebook, records.fingerprint(), config, firstMatrix()),
        conduct);
  }

  /// The sum of the bytes of one matrix: it differs wherever a model was trained further.
  private long firstMatrix() {
    try (PointerScope scope = new PointerScope()) {
      Tensor matrix = checkpoint.weights().tensor(TensorNames.query(0));
      return matrix.view(ScalarType.Byte).sum().item_long();
    }
  }

  /// What a training of one process takes of memory.
  TrainingMemory memory(Learning learning, Dtype dtype, boolean recompute, int batch) {
    long bytes = checkpoint.weights().info(TensorNames.EMBEDDING).bytes();
    boolean narrow = bytes < (long) config.dModel() * config.vocabSize() * Float.BYTES;
    return new TrainingMemory(
        config,
        learning,
        narrow ? Dtype.BFLOAT16 : Dtype.FLOAT32,
        dtype,
        recompute,
        batch,
        records.longest(maker),
        1);
  }

  /// Refuses a training on the processor that does not fit into memory.
  ///
  /// @throws ai.dimoo.error.EnvironmentException if it needs more than there is
  void requireMemory(Learning learning, Conduct conduct, boolean recompute, int batch) {
    if (conduct.device().isCpu()) {
      memory(learning, conduct.dtype(), recompute, batch)
          .of(conduct.ranks().count())
          .require(FreeMemory.now());
    }
  }

  /// Random records as examples, prepared ahead.
  ///
  /// @param open closes them
  Prefetched examples(OwnedParts open, int batch, long seed) {
    return open.own(new Prefetched(records.examples(maker, batch, seed), AHEAD));
  }
}
