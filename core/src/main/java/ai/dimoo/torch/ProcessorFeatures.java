package ai.dimoo.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the processor has in hardware that decides which computation is fast. Immutable.
///
/// @param bfloat16 products of bfloat16 numbers (AVX-512 BF16 or AMX)
/// @param bfloat16Tiles products of bfloat16 matrices (AMX)
/// @param int8 products of 8-bit numbers with sums in 32 bits
public record ProcessorFeatures(boolean bfloat16, boolean bfloat16Tiles, Int8 int8) {

  /// Whether there is such a product.
  public enum Int8 {
    /// AVX-512 VNNI or AMX
    FAST,
    /// none
    NONE,
    /// the flags do not tell: another system or kind of processor, or VNNI in AVX alone
    UNKNOWN
  }

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final ProcessorFeatures NONE = new ProcessorFeatures(false, false, Int8.UNKNOWN);

  /// Those of this machine, as Linux lists them; none on other systems.
  public static ProcessorFeatures ofThisMachine() {
    return of(CPU_INFO);
  }

  static ProcessorFeatures of(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> ofFlags(List.of(line.split("\\s+"))))
          .orElse(NONE);
    } catch (IOException | UncheckedIOException e) {
      return NONE; // another system than Linux
    }
  }

  /// What this machine's processor is called; null where the system does not say.
  public static @Nullable String name() {
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(null);
    } catch (IOException | UncheckedIOException e) {
      return null; // another system than Linux
    }
  }

  private static ProcessorFeatures ofFlags(List<String> flags) {
    boolean tiles = flags.contains("amx_bf16");
    return new ProcessorFeatures(tiles || flags.contains("avx512_bf16"), tiles, int8(flags));
  }

  private static Int8 int8(List<String> flags) {
    if (flags.contains("avx512_vnni") || flags.contains("amx_int8")) {
      return Int8.FAST;
    }
    return flags.contains("avx_vnni") ? Int8.UNKNOWN : Int8.NONE;
  }
}
