package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A real process that may not have the memory that a request needs.
@Timeout(180)
class OutOfMemoryTest {

  private static final long SOME_MORE = 300_000_000;

  @Test
  @EnabledIf(value = "canLimit", disabledReason = "needs Linux's prlimit")
  void requestThatNeedsTooMuchGets503AndTheServerGoesOn(@TempDir Path folder) throws Exception {
    try (ServeProcess server = ServeProcess.start(folder)) {
      String small = "{\"prompt\":\"a circle\",\"timesteps\":1}";
      assertThat(server.post(LongRequests.PATH, small).statusCode()).isEqualTo(200);
      limit(server.pid(), addressSpace(server.pid()) + SOME_MORE);

      HttpResponse<String> large =
          server.post(
              LongRequests.PATH,
              "{\"prompt\":\"a"
                  + " circle\",\"timesteps\":1,\"size\":\"2048x2048\",\"untrained_size\":\"force\"}");

      assertThat(large.statusCode()).as(large.body()).isEqualTo(503);
      assertThat(large.headers().firstValue("Retry-After")).isPresent();
      assertThat(large.body())
          .contains("memory")
          .doesNotContain("alloc_cpu", ".so", "Exception", "ai.dimoo");
      assertThat(server.log()).contains("failed: Not enough memory");
      assertThat(server.get("/ready").statusCode()).isEqualTo(200);
      assertThat(server.post(LongRequests.PATH, small).statusCode()).isEqualTo(200);
    }
  }

  static boolean canLimit() {
    return Files.exists(Path.of("/proc/self/status")) && Files.exists(Path.of("/usr/bin/prlimit"));
  }

  private static long addressSpace(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmSize:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void limit(long pid, long bytes) throws IOException, InterruptedException {
    Process prlimit =
        new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(pid), "--as=" + bytes)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
