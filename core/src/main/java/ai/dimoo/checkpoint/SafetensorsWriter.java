package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes safetensors files. One set of tensors gives one file, byte for byte, whatever the order
/// of the map: wide numbers first, then by name, which also keeps every tensor aligned.
///
/// The numbers go from the tensors' own memory to the file, 64 MiB at a time; the Java heap holds
/// none of them. Safe to use from several threads for different targets.
public final class SafetensorsWriter {

  private static final long CHUNK = 64L << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private SafetensorsWriter() {}

  /// Writes `tensors` to `target`, which is replaced only once the new file is whole.
  ///
  /// @param tensors by name; any device, contiguous or not; they stay the caller's
  /// @param metadata texts for the header, such as `format`: `pt`; may be empty
  /// @throws IllegalArgumentException if a tensor's dtype is none of {@link TensorDtype}'s
  /// @throws EnvironmentException if the file cannot be written: disk full, no permission
  public static void write(Path target, Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, TensorSource> sources = new TreeMap<>();
    tensors.forEach((name, tensor) -> sources.put(name, TensorSource.of(tensor)));
    writeSources(target, sources, metadata);
  }

  /// The same for tensors that are made when their turn comes, each once and one at a time, in the
  /// order of their names.
  public static void writeSources(
      Path target, Map<String, TensorSource> tensors, Map<String, String> metadata) {
    List<TensorInfo> infos = layOut(tensors);
    byte[] header = header(infos, metadata);
    AtomicFile.write(
        target,
        channel -> {
          writeFully(channel, ByteBuffer.wrap(header));
          infos.sort(Comparator.comparing(TensorInfo::name));
          for (TensorInfo info : infos) {
            channel.position(header.length + info.begin());
            writeTensor(channel, tensors.get(info.name()));
          }
        });
  }

  private static List<TensorInfo> layOut(Map<String, TensorSource> tensors) {
    List<TensorInfo> infos = new ArrayList<>();
    tensors.forEach((name, tensor) ->
        infos.add(new TensorInfo(name, tensor.dtype(), tensor.shape(), 0, tensor.bytes())));
    infos.sort(
        Comparator.comparingInt((TensorInfo info) -> -info.dtype().bytes())
            .thenComparing(TensorInfo::name));
    long begin = 0;
    for (int i = 0; i < infos.size(); i++) {
      TensorInfo info = infos.get(i);
      long end = begin + info.bytes();
      infos.set(i, new TensorInfo(info.name(), info.dtype(), info.shape(), begin, end));
      begin = end;
    }
    return infos;
  }

  /// The length field and the JSON, filled up with spaces so that the data begins at a multiple of
  /// eight bytes.
  private static byte[] header(List<TensorInfo> infos, Map<String, String> metadata) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject("__metadata__");
      new TreeMap<>(metadata).forEach(texts::put);
    }
    for (TensorInfo info : infos) {
      ObjectNode entry = root.putObject(info.name());
      entry.put("dtype", info.dtype().name());
      ArrayNode shape = entry.putArray("shape");
      info.shape().forEach(shape::add);
      entry.putArray("data_offsets").add(info.begin()).add(info.end());
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    int length = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }

  private static void writeTensor(FileChannel channel, TensorSource tensor) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = tensor.numbers().get().detach().cpu().contiguous();
      MemorySegment bytes = TensorMemory.of(plain);
      for (long from = 0; from < bytes.byteSize(); from += CHUNK) {
        long size = Math.min(CHUNK, bytes.byteSize() - from);
        writeFully(channel, bytes.asSlice(from, size).asByteBuffer());
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
