package ai.dimoo.train.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The most memory that this process held, as Linux counts it (`VmHWM`: resident pages, those of
/// mapped weight files among them).
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
  private static final long KILOBYTE = 1024;

  private PeakMemory() {}

  /// Counts from now on, where the system lets us; else the peak stays that of the whole run.
  static void restart() {
    try {
      // proc(5): 5 resets the peak to the present size
      Files.write(CLEAR, "5".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    } catch (IOException e) {
      // another system than Linux, or a container that forbids it
    }
  }

  /// In bytes; null on another system than Linux.
  static @Nullable Long bytes() {
    try {
      Matcher matcher = PEAK.matcher(Files.readString(STATUS));
      return matcher.find() ? Long.valueOf(Long.parseLong(matcher.group(1)) * KILOBYTE) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
