package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.metrics.NativeMemory;
import ai.dimoo.torch.TorchRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Many clients at once. The short form runs always, the long ones with `DIMOO_SLOW_TESTS=1`.
class LoadTest extends ServerFixture {

  private static final String SLOW = "DIMOO_SLOW_TESTS";
  private static final long MEGABYTE = 1_000_000;

  @Test
  void eightClientsAllGetTheirOwnPictures() throws Exception {
    try (LoadRun load = new LoadRun(uri(LongRequests.PATH), dimoo(), 8)) {
      load.run(16); // two each

      assertThat(load.faults()).isEmpty();
      assertThat(load.answered()).isEqualTo(16);
      assertThat(metric("dimoo_queue_length")).isZero();
    }
  }

  @Test
  @Tag("slow")
  @EnabledIfEnvironmentVariable(named = SLOW, matches = "1", disabledReason = "takes a minute")
  void sixteenClientsForAMinuteAllGetTheirOwnPictures() throws Exception {
    try (LoadRun load = new LoadRun(uri(LongRequests.PATH), dimoo(), 16)) {
      load.run(Duration.ofSeconds(60));
      System.out.printf(
          "16 clients, 60 s: %d requests, median %d ms%n",
          load.answered(), load.median().toMillis());

      assertThat(load.faults()).isEmpty();
      assertThat(load.answered()).isGreaterThanOrEqualTo(16);
    }
  }

  @Test
  @Tag("slow")
  @EnabledIfEnvironmentVariable(named = SLOW, matches = "1", disabledReason = "takes minutes")
  void memoryIsFlatOverFiveHundredRequests() throws Exception {
    try (LoadRun load = new LoadRun(uri(LongRequests.PATH), dimoo(), 8)) {
      load.run(100); // pools fill and code is compiled
      Memory before = Memory.now();
      load.run(500);
      Memory after = Memory.now();
      System.out.printf("before 500 requests %s%nafter  500 requests %s%n", before, after);

      assertThat(load.faults()).isEmpty();
      assertThat(after.objects()).isEqualTo(before.objects());
      assertThat(after.allocated() - before.allocated()).isLessThan(20 * MEGABYTE);
      assertThat(after.heap() - before.heap()).isLessThan(20 * MEGABYTE);
    }
  }

  /// @param heap Java objects that are reachable
  /// @param allocated outside the heap
  /// @param objects of LibTorch's
  /// @param resident all of the process
  private record Memory(long heap, long allocated, long objects, long resident) {
    static Memory now() throws InterruptedException {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(100); // JavaCPP frees what was collected on a thread of its own
      }
      Runtime runtime = Runtime.getRuntime();
      return new Memory(
          runtime.totalMemory() - runtime.freeMemory(),
          NativeMemory.allocated(),
          TorchRuntime.nativeObjects(),
          NativeMemory.resident());
    }
  }

  @Test
  @Tag("slow")
  @EnabledIfEnvironmentVariable(
      named = SLOW,
      matches = "1",
      disabledReason = "means something on a quiet machine only")
  void serverAddsLittleToTheLibrary() throws Exception {
    List<Duration> library = new ArrayList<>();
    try (LoadRun one = new LoadRun(uri(LongRequests.PATH), dimoo(), 1)) {
      one.run(20); // until code is compiled
      one.forgetTimes();
      for (int i = 0; i < 60; i++) { // in turn, so that both see the same machine
        long begin = System.nanoTime();
        dimoo().generate(LoadRun.request(0));
        library.add(Duration.ofNanos(System.nanoTime() - begin));
        one.run(1);
      }
      Duration overhead = one.median().minus(LoadRun.median(library));
      System.out.printf(
          "median of the library %d ms, of the server %d ms%n",
          LoadRun.median(library).toMillis(), one.median().toMillis());

      assertThat(one.faults()).isEmpty();
      assertThat(overhead).isLessThan(Duration.ofMillis(20));
    }
  }
}
