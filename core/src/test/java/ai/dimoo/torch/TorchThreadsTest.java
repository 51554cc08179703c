package ai.dimoo.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
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

  private static int openBlasThreads() throws Throwable {
    MemorySegment function =
        MemorySegment.ofAddress(Loader.addressof("openblas_get_num_threads").address());
    MethodHandle call =
        Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT));
    return (int) call.invokeExact();
  }
}
