package ai.dimoo.spark;

import ai.dimoo.ModelOptions;
import ai.dimoo.RecordEncoder;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model's VQ encoder on a thread of its own.
final class OpenedEncoder implements AutoCloseable {

  private final EngineThread engine;
  private final Checkpoint checkpoint;
  private final RecordEncoder encoder;

  private OpenedEncoder(EngineThread engine, Checkpoint checkpoint, RecordEncoder encoder) {
    this.engine = engine;
    this.checkpoint = checkpoint;
    this.encoder = encoder;
  }

  /// @param side see {@link RecordEncoder}
  static OpenedEncoder open(Path folder, ModelOptions options, @Nullable Integer side) {
    EngineThread engine = new EngineThread("encode", Math.max(1, options.threads()));
    try {
      Checkpoint checkpoint = Checkpoint.open(folder);
      try {
        return engine.call(() ->
            new OpenedEncoder(
                engine,
                checkpoint,
                new RecordEncoder(checkpoint, side, TorchDevice.find(options.device()))));
      } catch (RuntimeException e) {
        checkpoint.close();
        throw e;
      }
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  String codebook() {
    return encoder.codebook();
  }

  PreparedRecord encode(Function<RecordEncoder, PreparedRecord> record) {
    return engine.call(() -> record.apply(encoder));
  }

  @Override
  public void close() {
    try {
      engine.call(() -> {
        encoder.close();
        return true;
      });
    } finally {
      checkpoint.close();
      engine.close();
    }
  }
}
