package ai.dimoo.memory;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The limits that Linux's control groups set: containers, systemd's units. A limit of any group
/// above counts as well.
final class ControlGroup {

  private static final Path MOUNT = Path.of("sys/fs/cgroup");
  private static final Pattern V2 = Pattern.compile("(?m)^0::/(.*)$");
  private static final Pattern V1 =
      Pattern.compile("(?m)^\\d+:(?:[^:]*,)?memory(?:,[^:]*)?:/(.*)$");

  private ControlGroup() {}

  /// Bytes that may still be taken, pages of files that would be given up among them; null: nothing
  /// limits them.
  static @Nullable Long free(Path root) {
    String groups = FreeMemory.read(root.resolve("proc/self/cgroup"));
    if (groups == null) {
      return null;
    }
    Matcher v1 = V1.matcher(groups);
    if (v1.find()) {
      Names names = new Names("memory.limit_in_bytes", "memory.usage_in_bytes", "total_");
      return least(root.resolve(MOUNT).resolve("memory"), v1.group(1), names);
    }
    Matcher v2 = V2.matcher(groups);
    return v2.find()
        ? least(root.resolve(MOUNT), v2.group(1), new Names("memory.max", "memory.current", ""))
        : null;
  }

  /// @param limit the file of the limit
  /// @param usage the file of what is used
  /// @param statistics what the names in `memory.stat` begin with
  private record Names(String limit, String usage, String statistics) {}

  /// The least of a group and those above it. Within a container the group is often seen as the
  /// mount itself, whatever its path.
  private static @Nullable Long least(Path mount, String path, Names names) {
    Long least = null;
    for (Path group = mount.resolve(path).normalize();
        group != null && group.startsWith(mount);
        group = group.getParent()) {
      Long free = free(group, names);
      if (free != null && (least == null || free < least)) {
        least = free;
      }
    }
    return least;
  }

  private static @Nullable Long free(Path group, Names names) {
    Long limit = number(group.resolve(names.limit()));
    Long usage = number(group.resolve(names.usage()));
    if (limit == null || usage == null) {
      return null;
    }
    String statistics = FreeMemory.read(group.resolve("memory.stat"));
    long files =
        statistic(statistics, names.statistics() + "inactive_file")
            + statistic(statistics, names.statistics() + "active_file");
    return limit - usage + files;
  }

  /// Null also for `max`, which is no limit, and for what v1 writes in its place.
  private static @Nullable Long number(Path file) {
    String text = FreeMemory.read(file);
    if (text == null || !text.strip().matches("\\d{1,18}")) {
      return null;
    }
    return Long.valueOf(text.strip());
  }

  private static long statistic(@Nullable String statistics, String name) {
    Matcher matcher =
        Pattern.compile("(?m)^" + name + " (\\d{1,18})$")
            .matcher(statistics == null ? "" : statistics);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
