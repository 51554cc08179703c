package ai.dimoo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each pool is asked itself how many threads it uses: LibTorch's loops, and OpenBLAS, which has
/// threads of its own.
class TorchThreadsTest {

  @AfterEach
  void one() {
    TorchRuntime.setThreads(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyPoolHasAsManyThreadsAsWereSet(int threads) throws Throwable {
    TorchRuntime.setThreads(threads);

    assertThat(torch.get_num_threads()).isEqualTo(threads);
    assertThat(openBlasThreads()).isEqualTo(threads);
  }

  @Test
  void anEngineSetsThemForItself() throws Throwable {
    try (EngineThread engine = new EngineThread("two threads", 2)) {
      assertThat(engine.call(torch::get_num_threads)).isEqualTo(2);
      assertThat(openBlasThreads()).isEqualTo(2);
    }
  }

  /// OpenBLAS's pool belongs to the whole process: a small model that is opened while another
  /// trains would leave it one thread.
  @Test
  void whatIsOpenedMeanwhileDoesNotKeepTheThreads() throws Throwable {
    TorchRuntime.setThreads(2);
    TorchRuntime.keepingThreads(() -> {
      try (EngineThread engine = new EngineThread("one thread", 1)) {
        return engine.call(torch::get_num_threads);
      }
    });

    assertThat(torch.get_num_threads()).isEqualTo(2);
    assertThat(openBlasThreads()).isEqualTo(2);
  }

  @Test
  void openBlassPoolRestsForAWhileAndIsThenAsItWas() throws Throwable {
    TorchRuntime.setThreads(2);
    int meanwhile = TorchRuntime.withoutOpenBlasThreads(openblas_nolapack::blas_get_num_threads);

    assertThat(meanwhile).isEqualTo(1);
    assertThat(openBlasThreads()).isEqualTo(2);
    assertThatThrownBy(() ->
            TorchRuntime.withoutOpenBlasThreads(() -> {
              throw new IllegalStateException("failed");
            }))
        .hasMessage("failed");
    assertThat(openBlasThreads()).isEqualTo(2);
  }

  @Test
  void waitingThreadsSleepSoonUnlessTheEnvironmentSaysOtherwise() throws Exception {
    assumeTrue(Loader.getPlatform().startsWith("linux"), "libgomp is Linux's");

    assertThat(libgompsSettings(Map.of())).contains("GOMP_SPINCOUNT = '1000'");
    assertThat(libgompsSettings(Map.of("OMP_WAIT_POLICY", "active")))
        .contains("OMP_WAIT_POLICY = 'ACTIVE'")
        .doesNotContain("GOMP_SPINCOUNT = '1000'");
    assertThat(libgompsSettings(Map.of("GOMP_SPINCOUNT", "77"))).contains("GOMP_SPINCOUNT = '77'");
  }

  /// What libgomp says of itself in a process that loads LibTorch by our call alone.
  private static String libgompsSettings(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Loads.class.getName());
    builder.environment().keySet().removeIf(name -> name.matches("(OMP|GOMP)_.*"));
    builder.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /// The program of that process.
  static final class Loads {
    public static void main(String[] args) {
      TorchRuntime.load();
    }
  }

  private static int openBlasThreads() throws Throwable {
    MemorySegment function =
        MemorySegment.ofAddress(Loader.addressof("openblas_get_num_threads").address());
    MethodHandle call =
        Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT));
    return (int) call.invokeExact();
  }
}
