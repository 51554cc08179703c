package ai.dimoo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.ProcessorFeatures.Int8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineThreadTest {

  private final EngineThread engine = new EngineThread("engine under test");

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void everyTaskRunsOnOnePlatformThread() throws InterruptedException {
    Thread first = engine.call(Thread::currentThread);
    Thread[] second = new Thread[1];
    Thread.ofVirtual().start(() -> second[0] = engine.call(Thread::currentThread)).join();

    assertThat(first.isVirtual()).isFalse();
    assertThat(first.getName()).isEqualTo("engine under test");
    assertThat(second[0]).isSameAs(first);
  }

  @Test
  void exceptionsArriveAtTheCaller() {
    UserException mistake = new UserException("no");

    assertThatThrownBy(() -> engine.call(() -> fail(mistake))).isSameAs(mistake);
  }

  private static boolean fail(RuntimeException e) {
    throw e;
  }

  @Test
  void whatLibTorchThrowsIsOneLine() {
    assertThatThrownBy(() ->
            engine.call(() -> {
              try (PointerScope scope = new PointerScope()) {
                return torch.ones(2, 3).matmul(torch.ones(2, 3)).numel();
              }
            }))
        .isExactlyInstanceOf(RuntimeException.class)
        .hasMessageContaining("mat1 and mat2")
        .hasMessageNotContaining("\n");
  }

  @Test
  void lackOfMemoryIsTheMachinesFault() {
    assertThatThrownBy(() ->
            engine.call(() -> {
              try (Tensor tensor = torch.ones(1L << 50)) {
                return tensor.numel();
              }
            }))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("memory")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTaskMustNotWaitForAnother() {
    assertThatThrownBy(() -> engine.call(() -> engine.call(() -> 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void devicesAndFormatsThatAreNotThereAreOneLine() {
    for (String name : new String[] {"gpu", "cuda:99", "mps"}) {
      assertThatThrownBy(() -> TorchDevice.find(name))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(name)
          .hasMessageNotContaining("\n");
    }
    assertThat(TorchDevice.find(" CPU ")).isEqualTo(TorchDevice.CPU);
    assertThatThrownBy(() -> Dtype.named("float16"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bfloat16 or float32");
    assertThat(Dtype.named("BFloat16")).isEqualTo(Dtype.BFLOAT16);
  }

  @Test
  void theProcessorsFlagsTellWhatItHas(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.writeString(file, "processor : 0\nflags\t\t: fpu avx2 amx_bf16 amx_int8 x\n");
    assertThat(ProcessorFeatures.of(file)).isEqualTo(new ProcessorFeatures(true, true, Int8.FAST));
    Files.writeString(file, "processor : 0\nflags\t\t: fpu avx512_bf16 avx512_vnni avx2\n");
    assertThat(ProcessorFeatures.of(file)).isEqualTo(new ProcessorFeatures(true, false, Int8.FAST));
    Files.writeString(file, "processor : 0\nflags\t\t: fpu avx2\n");
    assertThat(ProcessorFeatures.of(file))
        .isEqualTo(new ProcessorFeatures(false, false, Int8.NONE));
    Files.writeString(file, "processor : 0\nflags\t\t: fpu avx2 avx_vnni\n");
    ProcessorFeatures unknown = new ProcessorFeatures(false, false, Int8.UNKNOWN);
    assertThat(ProcessorFeatures.of(file)).isEqualTo(unknown);
    assertThat(ProcessorFeatures.of(folder.resolve("none"))).isEqualTo(unknown);
  }

  @Test
  void weightsThatFitAreNotCopied() {
    try (PointerScope scope = new PointerScope()) {
      Tensor stored = torch.ones(2, 3);
      try (PlacedWeights same =
              new PlacedWeights((name, shape) -> stored, TorchDevice.CPU, Dtype.FLOAT32);
          PlacedWeights other =
              new PlacedWeights((name, shape) -> stored, TorchDevice.CPU, Dtype.BFLOAT16)) {
        assertThat(same.get("w", 2, 3).data_ptr().address()).isEqualTo(stored.data_ptr().address());
        assertThat(other.get("w", 2, 3).scalar_type().intern())
            .isEqualTo(Dtype.BFLOAT16.scalarType().intern());
      }
    }
  }
}
