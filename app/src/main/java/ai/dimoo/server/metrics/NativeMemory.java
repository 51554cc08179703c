package ai.dimoo.server.metrics;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Memory of this process outside the Java heap. Linux only; elsewhere nothing is known.
public final class NativeMemory {

  /// What is reported where it is not known.
  public static final long UNKNOWN = -1;

  private static final Path STATUS = Path.of("/proc/self/status");

  /// glibc's `struct mallinfo2`: ten numbers.
  private static final MemoryLayout MALLINFO = MemoryLayout.sequenceLayout(10, JAVA_LONG);

  private static final MemoryLayout MALLINFO_STRUCT = MemoryLayout.structLayout(MALLINFO);
  private static final int HBLKHD = 4; // in blocks with a mapping of their own
  private static final int UORDBLKS = 7; // in all other blocks

  private static final @Nullable MethodHandle MALLINFO2 = mallinfo2();

  private NativeMemory() {}

  /// Bytes of this process in the machine's memory, weights that are mapped from files included;
  /// {@link #UNKNOWN} if there is no way to tell.
  public static long resident() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // not a Linux
    }
    return UNKNOWN;
  }

  /// Bytes that are allocated and not freed: tensors of LibTorch's on the CPU, and whatever else
  /// calls `malloc`; {@link #UNKNOWN} without glibc.
  public static long allocated() {
    if (MALLINFO2 == null) {
      return UNKNOWN;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) MALLINFO2.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(JAVA_LONG, HBLKHD) + info.getAtIndex(JAVA_LONG, UORDBLKS);
    } catch (Throwable e) {
      return UNKNOWN;
    }
  }

  private static @Nullable MethodHandle mallinfo2() {
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("mallinfo2")
          .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(MALLINFO_STRUCT)))
          .orElse(null);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }
}
