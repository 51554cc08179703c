package ai.dimoo.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// `forward.safetensors`: logits and every hidden state of one sequence, logits of a batch, logits
/// in bfloat16.
final class ForwardCases implements ParityCases {

  private static final String FILE = "forward.safetensors";

  /// Float32, relative to the largest value.
  private static final double BOUND = 2e-4;

  /// Bfloat16 has 8 significant bits: the golden recording is 4e-2 from its own float32 logits.
  private static final double BFLOAT16_BOUND = 1e-1;

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (SafetensorsFile file = folder.tensors(FILE);
        Transformer transformer = folder.transformer(ScalarType.Float);
        Transformer bfloat16 = folder.transformer(ScalarType.BFloat16)) {
      Tensor ids = file.tensor("ids");
      List<Tensor> states = transformer.hiddenStates(ids, null);
      for (int i = 0; i < states.size(); i++) {
        String name = "hidden." + i;
        report.relative("forward." + name, states.get(i), file.tensor(name), BOUND);
      }
      report.relative(
          "forward.logits", transformer.logits(states.getLast()), file.tensor("logits"), BOUND);
      Tensor batch = transformer.hidden(file.tensor("batch_ids"), null);
      report.relative(
          "forward.batch_logits", transformer.logits(batch), file.tensor("batch_logits"), BOUND);
      report.relative(
          "forward.logits_bf16",
          bfloat16.logits(bfloat16.hidden(ids, null)),
          file.tensor("logits_bf16"),
          BFLOAT16_BOUND);
    }
  }
}
