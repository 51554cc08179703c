package ai.dimoo.torch;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/// Where LibTorch computes: the processor or a graphics card. Immutable.
///
/// @param name LibTorch's name: `cpu`, `cuda`, `cuda:1`, `mps`
public record TorchDevice(String name) {

  // before the constant below, whose constructor reads it
  private static final Pattern NAME = Pattern.compile("cpu|mps|cuda(:(\\d{1,2}))?");

  /// The processor.
  public static final TorchDevice CPU = new TorchDevice("cpu");

  /// @throws UserException if there is no device of this name anywhere
  public TorchDevice {
    name = name.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          Fault.value("device", name, "auto, cpu, cuda, cuda:1 (and so on) or mps"));
    }
  }

  /// The device of this name on this machine.
  ///
  /// @param name `auto` takes CUDA if there is a card, else the processor
  /// @throws UserException if this machine or this build has no such device
  public static TorchDevice find(String name) {
    TorchRuntime.load();
    if (name.strip().equalsIgnoreCase("auto")) {
      return torch.cuda_is_available() ? new TorchDevice("cuda") : CPU;
    }
    TorchDevice device = new TorchDevice(name);
    device.requirePresent();
    return device;
  }

  private void requirePresent() {
    Matcher matcher = NAME.matcher(name);
    matcher.matches();
    if (name.startsWith("cuda")) {
      int cards = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
      int wanted = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      if (wanted >= cards) {
        throw new UserException(
            Fault.of(
                    "There is no device %s: LibTorch finds %d CUDA cards here."
                        .formatted(name, cards))
                .in("device")
                .mend(Remedy.give("device", "cpu"))
                .mend(
                    Remedy.plain(
                        "build for CUDA 13 with `DIMOO_PROFILES=cuda ./dimoo --version`")));
      }
    } else if (name.equals("mps") && !torch.hasMPS()) {
      throw new UserException(
          Fault.of("There is no device mps: it needs macOS on Apple silicon.")
              .in("device")
              .mend(Remedy.give("device", "cpu")));
    }
  }

  /// Whether it is the processor.
  public boolean isCpu() {
    return name.equals("cpu");
  }

  /// LibTorch's object for it, owned by the caller's `PointerScope`.
  public Device toDevice() {
    return new Device(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
