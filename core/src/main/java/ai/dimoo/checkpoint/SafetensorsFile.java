package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A safetensors file, memory-mapped: opening it reads the header only, and a tensor's pages come
/// into memory when its numbers are first used. Nothing is copied to the Java heap.
///
/// The tensors that it gives lie on the file's pages, which are read-only: writing into one in
/// place ends the process. They must not be used after {@link #close}. Do not shorten a file that
/// is open. Safe to use from several threads; whoever opened it closes it.
public final class SafetensorsFile implements AutoCloseable {

  private static final String POINTER = "version https://git-lfs";

  private static final int LENGTH_BYTES = 8;

  private final Path path;
  private final Arena arena;
  private final MemorySegment data;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path path, Arena arena, MemorySegment data, SafetensorsHeader header) {
    this.path = path;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /// Opens a file and checks its header: afterwards every tensor is known to lie within the file.
  ///
  /// @throws UserException if there is no such file, or it is not a valid safetensors file
  /// @throws EnvironmentException if it cannot be read
  public static SafetensorsFile open(Path path) {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (Files.isDirectory(path)) {
        throw new UserException(path + " is a folder, expected a safetensors file.");
      }
      long size = channel.size();
      byte[] json = readHeader(path, channel, size);
      long dataBegin = LENGTH_BYTES + (long) json.length;
      SafetensorsHeader header = SafetensorsHeader.parse(path, json, size - dataBegin);
      MemorySegment file = channel.map(MapMode.READ_ONLY, 0, size, arena);
      SafetensorsFile result =
          new SafetensorsFile(path, arena, file.asSlice(dataBegin, size - dataBegin), header);
      opened = true;
      return result;
    } catch (NoSuchFileException e) {
      throw new UserException("No file " + path + ".", e);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read " + path + ": " + FileFaults.reason(e) + ".", e);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  private static byte[] readHeader(Path path, FileChannel channel, long size) throws IOException {
    requireNoPointer(path, channel, size);
    long length = size < LENGTH_BYTES ? -1 : readFully(channel, 0, LENGTH_BYTES).getLong(0);
    if (length < 2 || length > SafetensorsHeader.LARGEST || length > size - LENGTH_BYTES) {
      throw new UserException(
          path
              + " is not a usable safetensors file: "
              + (size < LENGTH_BYTES
                  ? "it has only " + size + " bytes"
                  : "its header claims "
                      + Long.toUnsignedString(length)
                      + " bytes, expected 2 to "
                      + Math.min(SafetensorsHeader.LARGEST, size - LENGTH_BYTES)
                      + " in a file of "
                      + size)
              + ". Fetch or export it again.");
    }
    return readFully(channel, LENGTH_BYTES, (int) length).array();
  }

  /// Git without LFS leaves a text of a hundred bytes in place of a large file.
  private static void requireNoPointer(Path path, FileChannel channel, long size)
      throws IOException {
    byte[] begin = POINTER.getBytes(StandardCharsets.US_ASCII);
    if (size >= begin.length && Arrays.equals(readFully(channel, 0, begin.length).array(), begin)) {
      throw new UserException(
          Fault.of("%s is a pointer of Git LFS, %d bytes, not the weights.".formatted(path, size))
              .in("model")
              .mend(Remedy.plain("run `git lfs pull` in its folder"))
              .mend(Remedy.download()));
    }
  }

  private static ByteBuffer readFully(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return buffer;
  }

  /// The file, as it was given to {@link #open}.
  public Path path() {
    return path;
  }

  /// The names of its tensors, in the header's order.
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  /// What the header says of a tensor.
  ///
  /// @throws UserException if there is no tensor of this name
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new UserException(
          "No tensor '"
              + Shown.text(name)
              + "' in "
              + path
              + ", which has "
              + names().size()
              + ".");
    }
    return info;
  }

  /// The texts that the writer of the file put beside the tensors, such as `format`: `pt`.
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /// Bytes of all its tensors.
  public long bytes() {
    return data.byteSize();
  }

  /// A tensor on the file's own pages, of the dtype and shape in the header. Never write into it.
  /// (Where a foreign writer placed it at an address that is not a multiple of its number's size,
  /// it is a copy.) Belongs to the caller's `PointerScope`.
  ///
  /// @throws UserException if there is no tensor of this name
  /// @throws IllegalStateException if the file is closed
  public Tensor tensor(String name) {
    TensorInfo info = info(name);
    MemorySegment bytes = data.asSlice(info.begin(), info.bytes());
    if (!bytes.scope().isAlive()) {
      throw new IllegalStateException(path + " is closed");
    }
    TorchRuntime.load();
    boolean aligned = bytes.address() % info.dtype().bytes() == 0;
    try (TensorOptions options = new TensorOptions(info.dtype().scalarType())) {
      if (aligned && bytes.byteSize() > 0) {
        return torch.from_blob(new MappedPointer(bytes), info.sizes(), options);
      }
      Tensor copy = torch.empty(info.sizes(), options, new MemoryFormatOptional());
      TensorMemory.of(copy).copyFrom(bytes);
      return copy;
    }
  }

  /// Gives a tensor's pages back to the system, which reads them from the file again when they are
  /// next used.
  ///
  /// @throws UserException if there is no tensor of this name
  /// @throws IllegalStateException if the file is closed
  public void unload(String name) {
    TensorInfo info = info(name);
    if (info.bytes() > 0) {
      data.asSlice(info.begin(), info.bytes()).unload();
    }
  }

  /// Unmaps the file. Its tensors must not be used any more.
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /// An address of ours in the form that LibTorch's methods take. It owns nothing.
  private static final class MappedPointer extends Pointer {
    MappedPointer(MemorySegment segment) {
      this.address = segment.address();
      this.limit = segment.byteSize();
      this.capacity = segment.byteSize();
    }
  }
}
