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
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.data.PreparedData;
import ai.dimoo.train.source.Prefetched;
import ai.dimoo.train.tasks.CodedExamples;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// A model that is to be trained further, and the prepared data that it is trained on. Nothing of
/// its weights is loaded.
///
/// @param phase that trains it
/// @param held in how few bits the matrices of the model's blocks are meanwhile; null: plain
/// @param codebook the fingerprint of the model's, which the data must have too
/// @param records what is taught
/// @param preserved of which the model is to predict what it did before; null: of none
record OwnData(
    OwnDataPhase phase,
    Checkpoint checkpoint,
    @Nullable WeightFormat held,
    TransformerConfig config,
    SpecialTokens special,
    String codebook,
    PreparedData records,
    @Nullable PreparedData preserved,
    CodedExamples maker) {

  private static final int AHEAD = 2;
  private static final int MOST_PROMPT_TOKENS = 1024;

  /// Opens a phase's.
  ///
  /// @param open closes what is opened
  /// @throws UserException if the model or the data cannot be used
  static OwnData open(OwnedParts open, OwnDataPhase phase, TorchDevice device) {
    Path model = phase.tuning().model();
    Checkpoint checkpoint = open.own(Checkpoint.open(model));
    WeightFormat held = phase.held(device, WeightFormat.stored(checkpoint.config()));
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
        new CodedExamples(
            PromptTokens.remembering(tokenizer, special, most),
            phase.tuning().recipe().answerLength());
    PreparedData records = PreparedData.read(phase.tuning().data(), codebook);
    PreparedData preserved =
        phase.preserved().isEmpty() ? null : PreparedData.read(phase.preserved(), codebook);
    return new OwnData(
        phase, checkpoint, held, config, special, codebook, records, preserved, maker);
  }

  /// Opens a phase's for its training, of which it notes what it is begun with.
  ///
  /// @param open closes what is opened
  /// @throws UserException if the model or the data cannot be used, or the phase was begun with
  ///   another recipe
  /// @throws ai.dimoo.error.EnvironmentException if it needs more memory than there is
  static OwnData begin(OwnedParts open, OwnDataPhase phase, RunFolder run, Conduct conduct) {
    OwnData own = open(open, phase, conduct.device());
    own.note(run, conduct);
    own.requireMemory(conduct);
    return own;
  }

  private void note(RunFolder run, Conduct conduct) {
    run.begunWith(
        phase.name(),
        "%s\ncodebook %s\n%s"
            .formatted(
                phase.terms(),
                codebook,
                both(
                    count(records, phase.tuning().data()),
                    preserved == null ? null : count(preserved, phase.preserved()))),
        "%s\ncodebook %s\nrecords %s\nmodel %s, its first matrix %x"
            .formatted(
                phase.terms(),
                codebook,
                both(records.fingerprint(), preserved == null ? null : preserved.fingerprint()),
                config,
                firstMatrix()),
        conduct);
  }

  private static String both(String taught, @Nullable String preserved) {
    return preserved == null ? taught : taught + ", preserving " + preserved;
  }

  private static String count(PreparedData data, List<Path> folders) {
    String names =
        folders.stream()
            .map(folder -> folder.toAbsolutePath().toString())
            .collect(Collectors.joining(" and "));
    return "%d records of %s".formatted(data.records().size(), names);
  }

  /// The sum of the bytes of one matrix: it differs wherever a model was trained further.
  private long firstMatrix() {
    try (PointerScope scope = new PointerScope()) {
      Tensor matrix = checkpoint.weights().tensor(TensorNames.query(0));
      return matrix.view(ScalarType.Byte).sum().item_long();
    }
  }

  /// How it is trained, over weights that are held so.
  OwnDataRecipe recipe() {
    return phase.tuning().recipe().over(held);
  }

  /// What a training of one process takes of memory.
  TrainingMemory memory(Dtype dtype) {
    long bytes = checkpoint.weights().info(TensorNames.EMBEDDING).bytes();
    boolean narrow = bytes < (long) config.dModel() * config.vocabSize() * Float.BYTES;
    return new TrainingMemory(
        config,
        phase.learning(held),
        narrow ? Dtype.BFLOAT16 : Dtype.FLOAT32,
        dtype,
        recipe().recompute(),
        recipe().batch(),
        Math.max(records.longest(maker), preserved == null ? 0 : preserved.longest(maker)),
        1);
  }

  /// Refuses a training on the processor that does not fit into memory.
  private void requireMemory(Conduct conduct) {
    if (conduct.device().isCpu()) {
      memory(conduct.dtype()).of(conduct.ranks().count()).require(FreeMemory.now());
    }
  }

  /// Random records as examples, prepared ahead.
  ///
  /// @param open closes them
  Prefetched examples(OwnedParts open) {
    return examples(open, records, phase.tuning().recipe().seed());
  }

  /// The same of what is preserved; null: nothing is.
  @Nullable Prefetched preservedExamples(OwnedParts open) {
    return preserved == null ? null : examples(open, preserved, phase.tuning().recipe().seed() + 1);
  }

  private Prefetched examples(OwnedParts open, PreparedData data, long seed) {
    int batch = phase.tuning().recipe().batch();
    return open.own(new Prefetched(data.examples(maker, batch, seed), AHEAD));
  }
}
