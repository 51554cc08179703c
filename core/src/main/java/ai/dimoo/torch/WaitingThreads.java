package ai.dimoo.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;

/// How long LibTorch's threads spin before they sleep, while they wait for each other.
///
/// LibTorch's and oneDNN's loops run on libgomp's threads, which spin for milliseconds by default.
/// Where other programs want the processors too, a thread that spins takes the processor from the
/// very thread that it waits for: a training step then takes up to ten times as long. libgomp reads
/// its settings from the environment when it is loaded, and has no call for them.
final class WaitingThreads {

  /// libgomp's variable: rounds of its waiting loop, some 20 µs at this value, which libgomp itself
  /// takes where it has more threads than processors.
  private static final String ROUNDS = "GOMP_SPINCOUNT";

  private static final String FEW = "1000";

  private WaitingThreads() {}

  /// Has them sleep soon, unless the environment says what they are to do. To be called before
  /// LibTorch is loaded; `./dimoo` sets the same, which saves the call.
  static void sleepSoon() {
    boolean decided = System.getenv(ROUNDS) != null || System.getenv("OMP_WAIT_POLICY") != null;
    if (!decided && Loader.getPlatform().startsWith("linux")) {
      setEnvironment(ROUNDS, FEW);
    }
  }

  /// Sets a variable for the native libraries of this process, which Java cannot.
  private static void setEnvironment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nativeName = arena.allocateFrom(name);
      int failed = (int) setenv.invokeExact(nativeName, arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IllegalStateException("setenv refused " + name);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // setenv throws nothing
    }
  }
}
