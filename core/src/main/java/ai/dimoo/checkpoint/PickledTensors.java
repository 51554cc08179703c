package ai.dimoo.checkpoint;

import ai.dimoo.checkpoint.Pickle.NotUnderstood;
import ai.dimoo.checkpoint.Pickle.View;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The tensors of a file that PyTorch's `torch.save` wrote (`.pth`, `.pt`, `.bin`): those of a
/// dictionary of tensors, or of the one within a dictionary under `state_dict`, `model` or
/// `module`. Nothing of the file is executed. A tensor's numbers are read when they are asked for;
/// on which device they were saved does not matter.
///
/// Not thread-safe. Close it when no more tensors are wanted; those that were handed out stay.
public final class PickledTensors implements Weights, AutoCloseable {

  private static final String PICKLE = "data.pkl";
  private static final List<String> WITHIN = List.of("state_dict", "model", "module");
  private static final int MOST_PICKLE = 64 << 20;
  private static final int CHUNK = 1 << 20;

  private final Path path;
  private final ZipFile archive;
  private final String root; // of the archive's entries, with a slash
  private final Map<String, View> views;

  private PickledTensors(Path path, ZipFile archive, String root, Map<String, View> views) {
    this.path = path;
    this.archive = archive;
    this.root = root;
    this.views = views;
  }

  /// Opens a file.
  ///
  /// @throws UserException if it is none, or holds other things than tensors
  public static PickledTensors open(Path path) {
    ZipFile archive = null;
    try {
      archive = new ZipFile(path.toFile());
      ZipEntry pickle =
          archive.stream()
              .filter(entry -> entry.getName().endsWith("/" + PICKLE))
              .findFirst()
              .orElseThrow(() -> unusable(path, "it has no " + PICKLE, null));
      String root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      requireLittleEndian(path, archive, root);
      Map<String, View> views = views(Pickle.read(content(archive, pickle)));
      if (views.isEmpty()) {
        throw unusable(path, "it has no dictionary of tensors", null);
      }
      PickledTensors opened = new PickledTensors(path, archive, root, views);
      archive = null;
      return opened;
    } catch (NotUnderstood e) {
      throw unusable(path, e.getMessage(), e);
    } catch (ZipException e) {
      throw unusable(path, "it is no archive, as PyTorch has written it since version 1.6", e);
    } catch (NoSuchFileException e) {
      throw new UserException("No file " + path + ".", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    } finally {
      closeQuietly(archive);
    }
  }

  private static void requireLittleEndian(Path path, ZipFile archive, String root)
      throws IOException {
    ZipEntry order = archive.getEntry(root + "byteorder");
    if (order != null && new String(content(archive, order)).strip().equals("big")) {
      throw unusable(path, "its numbers are big-endian", null);
    }
  }

  private static byte[] content(ZipFile archive, ZipEntry entry) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      return in.readNBytes(MOST_PICKLE);
    }
  }

  private static Map<String, View> views(@Nullable Object object) {
    Map<String, View> views = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (name instanceof String text && value instanceof View view) {
          views.put(text, view);
        }
      });
      for (String name : WITHIN) {
        if (views.isEmpty() && map.get(name) != null) {
          views.putAll(views(map.get(name)));
        }
      }
    }
    return views;
  }

  /// The names of the tensors, in the file's order.
  public Set<String> names() {
    return Collections.unmodifiableSet(views.keySet());
  }

  /// A tensor that is to be written elsewhere as it is.
  ///
  /// @throws UserException if there is none of this name
  public TensorSource source(String name) {
    View view = view(name);
    return new TensorSource(view.storage().dtype(), view.shape(), () -> tensor(view));
  }

  @Override
  public Tensor get(String name, long... shape) {
    View view = view(name);
    List<Long> wanted = Arrays.stream(shape).boxed().toList();
    if (!view.shape().equals(wanted) || !view.storage().dtype().isFloatingPoint()) {
      throw new UserException(
          "%s: tensor '%s' has shape %s of %s, expected %s of fractions. It does not belong to this model."
              .formatted(path, Shown.text(name), view.shape(), view.storage().dtype(), wanted));
    }
    return tensor(view);
  }

  private View view(String name) {
    View view = views.get(name);
    if (view == null) {
      throw new UserException(
          "No tensor '%s' in %s, which has %d tensors."
              .formatted(Shown.text(name), path, views.size()));
    }
    return view;
  }

  /// Contiguous, in the caller's `PointerScope`.
  private Tensor tensor(View view) {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope();
        TensorOptions options = new TensorOptions(view.storage().dtype().scalarType())) {
      long[] count = {view.storage().count()};
      Tensor all = torch.empty(count, options, new MemoryFormatOptional());
      fill(TensorMemory.of(all), view.storage());
      return all.as_strided(sizes(view.shape()), sizes(view.strides()), offset(view))
          .contiguous()
          .retainReference();
    }
  }

  private static LongOptional offset(View view) {
    return new LongOptional(view.offset());
  }

  private static long[] sizes(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private void fill(MemorySegment memory, Pickle.Storage storage) {
    ZipEntry entry = archive.getEntry(root + "data/" + storage.key());
    if (entry == null) {
      throw unusable(path, "its part data/%s is missing".formatted(storage.key()), null);
    }
    try (InputStream in = archive.getInputStream(entry)) {
      byte[] chunk = new byte[CHUNK];
      for (long at = 0; at < memory.byteSize(); ) {
        int read = in.read(chunk, 0, (int) Math.min(CHUNK, memory.byteSize() - at));
        if (read < 0) {
          throw new EOFException();
        }
        MemorySegment.copy(chunk, 0, memory, ValueLayout.JAVA_BYTE, at, read);
        at += read;
      }
    } catch (EOFException | ZipException e) {
      throw unusable(path, "its part data/%s is damaged".formatted(storage.key()), e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static UserException unusable(Path path, String what, @Nullable Throwable cause) {
    return new UserException(
        "%s is not a usable file of tensors by torch.save: %s. Load it with PyTorch and save its state_dict."
            .formatted(path, what),
        cause);
  }

  private static EnvironmentException unreadable(Path path, IOException e) {
    return new EnvironmentException("Cannot read " + path + ": " + FileFaults.reason(e) + ".", e);
  }

  private static void closeQuietly(@Nullable ZipFile archive) {
    if (archive != null) {
      try {
        archive.close();
      } catch (IOException e) {
        // it was only read; the failure that led here is the one to report
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(archive);
  }
}
