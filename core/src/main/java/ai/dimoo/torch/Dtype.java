package ai.dimoo.torch;

import ai.dimoo.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The number format in which the model computes.
public enum Dtype {
  /// 32-bit IEEE floating point
  FLOAT32("float32", ScalarType.Float),
  /// 16-bit floating point with the exponent of float32
  BFLOAT16("bfloat16", ScalarType.BFloat16);

  private final String spelling;
  private final ScalarType scalarType;

  Dtype(String spelling, ScalarType scalarType) {
    this.spelling = spelling;
    this.scalarType = scalarType;
  }

  /// The format of this name.
  ///
  /// @throws UserException if there is none
  public static Dtype named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (Dtype dtype : values()) {
      if (dtype.spelling.equals(wanted)) {
        return dtype;
      }
    }
    throw new UserException(
        "There is no number format '%s'; choose bfloat16 or float32.".formatted(name));
  }

  /// The format in which a device computes fastest: bfloat16 on graphics cards, and on processors
  /// that have it in hardware (AVX-512 BF16 or AMX, as Linux lists them); else float32.
  public static Dtype preferredOn(TorchDevice device) {
    boolean fast = !device.isCpu() || processorHasBfloat16(Path.of("/proc/cpuinfo"));
    return fast ? BFLOAT16 : FLOAT32;
  }

  static boolean processorHasBfloat16(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"))
          .isPresent();
    } catch (IOException | UncheckedIOException e) {
      return false; // another system than Linux
    }
  }

  /// The name used by PyTorch and by our `--dtype` option.
  public String spelling() {
    return spelling;
  }

  /// LibTorch's constant for it.
  public ScalarType scalarType() {
    return scalarType;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
