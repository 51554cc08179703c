package ai.dimoo.diffusion;

import ai.dimoo.parity.ReferenceFolder;
import ai.dimoo.parity.SamplerCase;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.Transformer;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The small random model of the golden data, and the cases that the reference ran on it.
final class GoldenModel implements AutoCloseable {

  static final Path FOLDER = Path.of("src/test/resources/golden");

  private final ReferenceFolder folder = ReferenceFolder.open(FOLDER);
  private final Transformer transformer = folder.transformer(ScalarType.Float);
  final SpecialTokens special = folder.special();
  final Sampler sampler = new Sampler(new ModelRunner(transformer), special);

  GoldenModel() {
    // more threads than cores, with other work on the machine, wait for each other
    TorchRuntime.setThreads(1);
  }

  SamplerCase open(String name) {
    return SamplerCase.open(folder, name);
  }

  @Override
  public void close() {
    transformer.close();
    folder.close();
  }
}
