package ai.dimoo.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Memory that this process may take before the system ends it, and who says so. Pages of files,
/// which the system gives up when it needs them, count as free: a model's mapped weights too, which
/// must be counted as needed for that reason. Immutable.
///
/// @param bytes at this moment
/// @param limitedBy `the machine` or `the container`, after "… are free in"
public record FreeMemory(long bytes, String limitedBy) {

  private static final String MACHINE = "the machine";
  private static final String CONTAINER = "the container";
  private static final long KILOBYTE = 1024;
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

  /// What there is now.
  public static FreeMemory now() {
    return under(Path.of("/"));
  }

  /// @param root where `proc` and `sys` lie; neither does on another system than Linux
  static FreeMemory under(Path root) {
    FreeMemory machine = new FreeMemory(ofMachine(root), MACHINE);
    Long container = ControlGroup.free(root);
    return container == null || container >= machine.bytes
        ? machine
        : new FreeMemory(Math.max(0, container), CONTAINER);
  }

  private static long ofMachine(Path root) {
    String text = read(root.resolve("proc/meminfo"));
    Matcher matcher = AVAILABLE.matcher(text == null ? "" : text);
    if (matcher.find()) {
      return Long.parseLong(matcher.group(1)) * KILOBYTE;
    }
    // macOS and Windows call memory used that they would give up; all of it is the safer answer
    // there than a refusal without need
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /// The file's text; null if there is none that may be read.
  static @Nullable String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return null;
    }
  }

  /// For people: `14.2 GB`, or `0.3 GB` for less than one.
  public static String gigabytes(long bytes) {
    return "%.1f GB".formatted(bytes / 1e9);
  }
}
