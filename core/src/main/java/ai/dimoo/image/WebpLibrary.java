package ai.dimoo.image;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.file.NativeFolder;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.internal.NativeLoader;
import com.luciad.imageio.webp.internal.OsInfo;
import java.lang.reflect.Field;

/// libwebp, loaded once, from where all native libraries are unpacked. What `webp-imageio` does by
/// itself goes to the temporary folder at every start, and prints a stack trace where that fails.
final class WebpLibrary {

  private static boolean loaded;

  private WebpLibrary() {}

  /// Loads it; does nothing from the second call on.
  ///
  /// @throws EnvironmentException if it is not there for this machine, or cannot be loaded
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String folder = "/native/" + OsInfo.getNativeLibFolderPathForCurrentOS();
    String file = System.mapLibraryName("webp-imageio");
    NativeFolder.load("WebP's library", WebPImageReaderSpi.class, folder + "/" + file);
    spareItsOwnWay();
    loaded = true;
  }

  /// Tells its loader that the library is loaded. Should it not listen, it unpacks another one.
  private static void spareItsOwnWay() {
    try {
      Field done = NativeLoader.class.getDeclaredField("extracted");
      done.setAccessible(true);
      done.setBoolean(null, true);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.setProperty("com.luciad.imageio.webp.tmpdir", NativeFolder.path().toString());
    }
  }
}
