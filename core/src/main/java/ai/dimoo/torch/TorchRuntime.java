package ai.dimoo.torch;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.file.NativeFolder;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Loads LibTorch into this process, once.
///
/// LibTorch's thread-local modes do not survive a virtual thread's change of carrier: call the
/// engine from platform threads only.
public final class TorchRuntime {

  static {
    quietVersionWarning();
  }

  /// Bytes that its libraries and those that they need take, unpacked.
  private static final long UNPACKED = 460_000_000;

  private static boolean loaded;
  private static @Nullable EnvironmentException
      failure; // a class that failed once says no more why

  /// Of the whole process; one until somebody says how many.
  private static volatile int openBlasThreads = 1;

  private TorchRuntime() {}

  /// Begins to load the native libraries, which takes a second, on a thread of its own: the caller
  /// has other things to read meanwhile. Whether it succeeds, {@link #load} tells.
  public static void loadAhead() {
    Thread.ofPlatform()
        .name("libtorch")
        .daemon(true)
        .start(() -> {
          try {
            load();
          } catch (EnvironmentException e) {
            // kept, and thrown where it is needed
          }
        });
  }

  /// Loads the native libraries, or waits until they are; does nothing from the second call on.
  ///
  /// @throws EnvironmentException if there is no LibTorch for this machine or it cannot be unpacked
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      throw failure;
    }
    WaitingThreads.sleepSoon();
    try {
      Loader.load(torch.class);
      setOpenBlasThreads(openBlasThreads);
      loaded = true;
    } catch (UnsatisfiedLinkError e) {
      failure = unloadable(e);
      throw failure;
    }
  }

  private static EnvironmentException unloadable(UnsatisfiedLinkError e) {
    Path folder = NativeFolder.path();
    String fault = NativeFolder.fault(folder, UNPACKED);
    if (fault != null) {
      return new EnvironmentException(
          "LibTorch cannot be loaded from %s: %s. Name another folder with -D%s=DIR, with 0.5 GB free."
              .formatted(folder, fault, NativeFolder.OPTION),
          e);
    }
    return new EnvironmentException(
        "LibTorch cannot be loaded on "
            + Loader.getPlatform()
            + ": "
            + e.getMessage()
            + ". DiMOO runs on Linux x86-64, macOS arm64 and Windows x86-64; the unpacked libraries need"
            + " 0.5 GB in ~/.javacpp/cache (move it with -Dorg.bytedeco.javacpp.cachedir=DIR).",
        e);
  }

  /// The number of threads that LibTorch uses within one operation: in its own loops on this thread
  /// and on those created afterwards, so call it first; and in OpenBLAS's pool, which the whole
  /// process shares and which LibTorch's call does not reach. The threads of that pool spin while
  /// they wait for each other: one more than is worth its while costs tenfold on a busy machine.
  public static void setThreads(int threads) {
    load();
    torch.set_num_threads(threads);
    openBlasThreads = threads;
    setOpenBlasThreads(threads);
  }

  /// Does something that may set the number of threads, as opening a model does, and sets it again
  /// as it was on this thread.
  public static <T extends @Nullable Object> T keepingThreads(Supplier<T> work) {
    load();
    int threads = torch.get_num_threads();
    try {
      return work.get();
    } finally {
      setThreads(threads);
    }
  }

  /// Does something whose threads multiply side by side, each for itself, while OpenBLAS's pool
  /// rests: they all share that pool, and would wait for it by turns.
  public static <T extends @Nullable Object> T withoutOpenBlasThreads(Supplier<T> work) {
    if (openBlasThreads == 1) { // so it is too before LibTorch is loaded
      return work.get();
    }
    setOpenBlasThreads(1);
    try {
      return work.get();
    } finally {
      setOpenBlasThreads(openBlasThreads);
    }
  }

  private static void setOpenBlasThreads(int threads) {
    try (PointerScope scope = new PointerScope()) { // the call looks its function up again
      openblas_nolapack.blas_set_num_threads(threads);
    }
  }

  /// Objects of LibTorch's that Java holds at present. One that only grows is a leak.
  public static long nativeObjects() {
    return Pointer.totalCount();
  }

  /// What JavaCPP allocated for Java at present, in bytes; without the storage of tensors, which
  /// LibTorch allocates itself.
  public static long nativeBytes() {
    return Pointer.totalBytes();
  }

  /// JavaCPP warns that the versions of javacpp and openblas differ; the pair is deliberate
  /// (docs/decisions/0001-libtorch.md), so the check is turned off before anything is loaded.
  private static void quietVersionWarning() {
    System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
  }
}
