package ai.dimoo.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of Linux's, as they look on a machine with 8,000,000 kB available.
class FreeMemoryTest {

  private static final long MACHINE = 8_000_000L * 1024;

  @TempDir Path root;

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal: 16000000 kB\nMemAvailable:    8000000 kB\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void withoutALimitTheMachineCounts() throws IOException {
    assertThat(FreeMemory.under(root)).isEqualTo(new FreeMemory(MACHINE, "the machine"));

    write("proc/self/cgroup", "0::/user.slice\n");
    write("sys/fs/cgroup/user.slice/memory.max", "max\n");
    write("sys/fs/cgroup/user.slice/memory.current", "5\n");
    assertThat(FreeMemory.under(root)).isEqualTo(new FreeMemory(MACHINE, "the machine"));
  }

  @Test
  void theSmallestLimitAboveAProcessCountsWithoutPagesOfFiles() throws IOException {
    write("proc/self/cgroup", "0::/kube/pod/box\n");
    write("sys/fs/cgroup/kube/pod/box/memory.max", "7000000000\n");
    write("sys/fs/cgroup/kube/pod/box/memory.current", "1000000000\n");
    write("sys/fs/cgroup/kube/memory.max", "4000000000\n");
    write("sys/fs/cgroup/kube/memory.current", "3000000000\n");
    write("sys/fs/cgroup/kube/memory.stat", "anon 9\ninactive_file 500000000\nactive_file 7\n");

    assertThat(FreeMemory.under(root)).isEqualTo(new FreeMemory(1_500_000_007, "the container"));
  }

  @Test
  void aContainerThatSeesItsGroupAsTheMountHasItsLimitThere() throws IOException {
    write("proc/self/cgroup", "0::/docker/4711\n");
    write("sys/fs/cgroup/memory.max", "4000000000\n");
    write("sys/fs/cgroup/memory.current", "3000000000\n");

    assertThat(FreeMemory.under(root)).isEqualTo(new FreeMemory(1_000_000_000, "the container"));
  }

  @Test
  void theFirstVersionOfGroupsIsKnownToo() throws IOException {
    write("proc/self/cgroup", "5:cpu:/box\n4:memory:/box\n0::/\n");
    write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "2000000000\n");
    write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "2500000000\n");
    write("sys/fs/cgroup/memory/box/memory.stat", "total_inactive_file 100\n");

    assertThat(FreeMemory.under(root)).isEqualTo(new FreeMemory(0, "the container"));
  }

  @Test
  void thisMachineHasSome() {
    assertThat(FreeMemory.now().bytes()).isPositive();
  }
}
