package ai.dimoo.records;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.vq.VqModel;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.PointerScope;

/// Tells codebooks apart: codes of one mean nothing in another.
public final class CodebookFingerprint {

  private CodebookFingerprint() {}

  /// That of a checkpoint's VQ model, 16 hexadecimal digits.
  public static String of(Checkpoint checkpoint) {
    try (PointerScope scope = new PointerScope()) {
      float[] vectors = TensorArrays.floats(checkpoint.vqWeights().tensor(VqModel.CODEBOOK));
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vectors.length);
      bytes.asFloatBuffer().put(vectors);
      return new Fingerprint().add(bytes.array()).hex();
    }
  }
}
