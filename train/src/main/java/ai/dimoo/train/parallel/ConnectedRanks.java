package ai.dimoo.train.parallel;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TensorArrays;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Processes that are connected by Gloo or, where GPUs compute, by NCCL, each with each.
///
/// @param store by which they found each other; kept open for as long as they are connected
/// @param device where what is sent lies
/// @param timeout for which one waits for another
record ConnectedRanks(
    int rank, int count, Store store, Backend group, Device device, Duration timeout)
    implements Ranks {

  /// Characters of a line that are shown, from a little before the first that differs.
  private static final int SHOWN = 80;

  @Override
  public double sum(double mine) {
    try (PointerScope scope = new PointerScope()) {
      Tensor sum = here(torch.tensor(new double[] {mine}), ScalarType.Double);
      sum(sum);
      return sum.item_double();
    }
  }

  @Override
  public double norm(double mine) {
    return Math.sqrt(sum(mine * mine));
  }

  @Override
  public void sum(Tensor tensor) {
    together(group -> group.allreduce(new TensorVector(tensor)));
  }

  @Override
  public void gather(Tensor whole) {
    together(group -> group._allgather_base(whole, part(whole).clone()));
  }

  @Override
  public void requireSame(String what) {
    String firsts = ofFirst(what);
    double[] differs = new double[count];
    differs[rank] = what.equals(firsts) ? 0 : 1;
    for (int i = 0; i < count; i++) {
      differs[i] = sum(differs[i]);
    }
    if (differs[rank] > 0) {
      throw new UserException(difference(what, firsts));
    }
    for (int i = 0; i < count; i++) {
      if (differs[i] > 0) {
        throw new UserException(
            "Rank %d has another recipe, model, data or state than rank 0: see its own message. Start all ranks with the same."
                .formatted(i));
      }
    }
  }

  private String difference(String mine, String firsts) {
    List<String> ours = mine.lines().toList();
    List<String> theirs = firsts.lines().toList();
    int i = 0;
    while (i < Math.min(ours.size(), theirs.size()) && ours.get(i).equals(theirs.get(i))) {
      i++;
    }
    String our = i < ours.size() ? ours.get(i) : "";
    String their = i < theirs.size() ? theirs.get(i) : "";
    int from = Math.max(0, Arrays.mismatch(our.toCharArray(), their.toCharArray()) - SHOWN / 2);
    return "This rank, %d, has \"%s\" where rank 0 has \"%s\". Start all ranks with the same version, options, model, data and run folder."
        .formatted(rank, shown(our, from), shown(their, from));
  }

  private static String shown(String line, int from) {
    String part = line.substring(Math.min(from, line.length()));
    return part.length() > SHOWN ? part.substring(0, SHOWN) + "…" : part;
  }

  /// What rank 0 says.
  private String ofFirst(String mine) {
    byte[] bytes = mine.getBytes(StandardCharsets.UTF_8);
    try (PointerScope scope = new PointerScope()) {
      Tensor length = TensorArrays.int64(new int[] {bytes.length}, device);
      broadcast(length);
      byte[] sent = Arrays.copyOf(bytes, (int) length.item_long());
      Tensor text = here(torch.tensor(sent, new TensorOptions(ScalarType.Byte)), ScalarType.Byte);
      broadcast(text);
      byte[] received = new byte[sent.length];
      text.cpu().data_ptr_byte().get(received);
      return new String(received, StandardCharsets.UTF_8);
    }
  }

  private Tensor here(Tensor tensor, ScalarType type) {
    return tensor.to(device, type);
  }

  private void broadcast(Tensor ofFirst) {
    together(
        group -> group.broadcast(new TensorVector(ofFirst), new BroadcastOptions().rootRank(0)));
  }

  private void together(Function<Backend, Work> call) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      call.apply(group)._wait();
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  private EnvironmentException lost(RuntimeException e) {
    String other = count == 2 ? "rank " + (1 - rank) : "another rank";
    String message = String.valueOf(e.getMessage());
    String what =
        message.contains("Timed out")
            ? "no answer for %d s".formatted(timeout.toSeconds())
            : message
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^\\[[^]]*] ", "")
                .replaceFirst("\\. This is typically.*", "");
    return new EnvironmentException(
        "Rank %d of %d has lost %s (%s): it has ended, hangs, or cannot be reached. See what it says itself; start all ranks again to go on from the last saved state."
            .formatted(rank, count, other, what),
        e);
  }

  @Override
  public void close() {
    group.close();
    store.close();
  }
}
