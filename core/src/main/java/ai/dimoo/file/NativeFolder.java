package ai.dimoo.file;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where native libraries are unpacked before they are loaded: all in the folder that JavaCPP takes
/// for LibTorch's. All methods may be called from several threads.
public final class NativeFolder {

  /// The option of the JVM that names it.
  public static final String OPTION = "org.bytedeco.javacpp.cachedir";

  private static final long MEGABYTE = 1_000_000;

  private NativeFolder() {}

  /// The folder: of those that JavaCPP tries, the first that can be written to; if there is none,
  /// the first.
  public static Path path() {
    List<Path> folders = folders();
    return folders.stream()
        .filter(NativeFolder::isThereToWriteTo)
        .findFirst()
        .orElse(folders.getFirst());
  }

  /// As `Loader.getCacheDir` has them.
  private static List<Path> folders() {
    String temporary = System.getProperty("java.io.tmpdir");
    return Stream.of(
            System.getProperty(OPTION),
            System.getProperty("user.home") + "/.javacpp/cache",
            temporary + "/.javacpp-" + System.getProperty("user.name") + "/cache")
        .filter(folder -> folder != null)
        .map(folder -> Path.of(folder).toAbsolutePath())
        .toList();
  }

  private static boolean isThereToWriteTo(Path folder) {
    File file = folder.toFile();
    return (file.exists() || file.mkdirs()) && file.canWrite() && file.canExecute();
  }

  /// Why nothing can be unpacked in a folder or loaded from it, to follow its name and a colon;
  /// null: as far as can be tried, it can.
  ///
  /// @param all how many bytes are to lie there when all is unpacked
  public static @Nullable String fault(Path folder, long all) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return "it cannot be made, " + FileFaults.reason(e);
    }
    Path probe = null;
    try {
      probe = Files.createTempFile(folder, "try", ".sh");
      Files.writeString(probe, "#!/bin/sh\nexit 0\n");
      if (isForbidden(probe)) {
        return "what lies in it may not be executed, as where a file system is mounted noexec";
      }
      long left = Files.getFileStore(folder).getUsableSpace();
      long missing = all - size(folder);
      return left < missing
          ? "it has room for %d MB, and %d MB are to be unpacked there"
              .formatted(left / MEGABYTE, Math.ceilDiv(missing, MEGABYTE))
          : null;
    } catch (IOException e) {
      return "it cannot be written to, " + FileFaults.reason(e);
    } finally {
      deleteQuietly(probe);
    }
  }

  /// Whether the system refuses to run a program because of where it lies.
  private static boolean isForbidden(Path program) {
    if (!program.toFile().setExecutable(true)) {
      return false;
    }
    try {
      new ProcessBuilder(program.toString()).start().waitFor();
      return false;
    } catch (IOException e) { // other reasons, such as that there is no shell, say nothing
      return String.valueOf(e.getMessage()).contains("Permission denied");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it is a few bytes
    }
  }

  /// Loads a library from a jar, unpacked into the first of the folders where that works. What was
  /// unpacked before is taken as it is, whether or not the folder can be written to.
  ///
  /// @param what messages call it
  /// @param owner a class of that jar
  /// @param resource the library's path in the jar, beginning with a slash
  /// @throws EnvironmentException if none of the folders will do
  public static void load(String what, Class<?> owner, String resource) {
    byte[] library = bytes(owner, resource);
    List<String> faults = new ArrayList<>();
    for (Path folder : folders()) {
      Path file = folder.resolve(jar(owner)).resolve(resource.substring(1));
      try {
        if (!holds(file, library)) {
          Files.createDirectories(file.getParent());
          AtomicFile.replace(file, AtomicFile.of(library));
        }
        System.load(file.toString());
        return;
      } catch (IOException e) {
        faults.add(folder + ": " + why(folder, file, library, FileFaults.reason(e)));
      } catch (UnsatisfiedLinkError e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        faults.add(folder + ": " + why(folder, file, library, said));
      }
    }
    throw new EnvironmentException(
        "%s cannot be unpacked and loaded (%s). Name a folder where that can be done with -D%s=DIR."
            .formatted(what, String.join("; ", faults), OPTION));
  }

  /// @param said what the system said
  private static String why(Path folder, Path file, byte[] library, String said) {
    String fault = fault(folder, 0);
    fault = fault == null ? fault(file.getParent(), library.length) : fault;
    return fault == null ? said : fault;
  }

  private static boolean holds(Path file, byte[] library) throws IOException {
    return Files.isReadable(file)
        && Files.size(file) == library.length
        && Arrays.equals(Files.readAllBytes(file), library);
  }

  /// As JavaCPP does it: what is unpacked lies in a folder with the jar's name.
  private static String jar(Class<?> owner) {
    CodeSource source = owner.getProtectionDomain().getCodeSource();
    String[] parts = source == null ? new String[0] : source.getLocation().getPath().split("[/!]+");
    for (int i = parts.length - 1; i >= 0; i--) {
      if (parts[i].endsWith(".jar")) {
        return parts[i];
      }
    }
    return owner.getPackageName();
  }

  private static byte[] bytes(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new EnvironmentException(
            "There is no library %s for this machine.".formatted(resource));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read %s: %s.".formatted(resource, FileFaults.reason(e)), e);
    }
  }
}
