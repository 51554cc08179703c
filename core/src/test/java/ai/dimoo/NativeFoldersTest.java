package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.ByteTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where native libraries cannot be unpacked or loaded, that is what the one line says.
class NativeFoldersTest {

  private static final String LOADED = " is loaded";

  @TempDir Path folder;
  private final List<Path> mounted = new ArrayList<>();

  @BeforeEach
  void writeWhatIsRead() throws IOException {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    Picture picture = Picture.filled(new Size(8, 8), 0x204060);
    Files.write(folder.resolve("it.webp"), ImageFiles.encodeWebp(picture, 100));
  }

  @AfterEach
  void unmount() throws Exception {
    for (Path place : mounted) {
      assertThat(run("umount", place.toString())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webp", "tokenizer", "torch"})
  void aFolderFromWhichNothingMayBeExecutedIsSaid(String library) throws Exception {
    Path place = mount("noexec,size=64m");
    assertThat(use(library, place, place))
        .contains(place.toString(), "what lies in it may not be executed", "mounted noexec", "=DIR")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webp", "tokenizer", "torch"})
  void aFullFolderIsSaid(String library) throws Exception {
    Path place = mount("size=256k");
    assertThat(use(library, place, place))
        .contains(place.toString(), "=DIR")
        .containsPattern("the disk is full|it has room for 0 MB")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webp", "tokenizer", "torch"})
  void aFolderThatCannotBeMadeIsSaid(String library) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(use(library, file.resolve("within"), file))
        .contains(file.resolve("within") + "", "it cannot be made", "=DIR")
        .hasLineCount(1);
  }

  @Test
  void allIsUnpackedInOneFolderAndTheTemporaryOneDoesNotMatter() throws Exception {
    Path place = folder.resolve("native");
    String loaded = "webp" + LOADED + "\ntokenizer" + LOADED;
    assertThat(use("webp,tokenizer", place, folder.resolve("missing"))).isEqualTo(loaded);
    assertThat(librariesIn(place))
        .anyMatch(name -> name.contains("webp"))
        .anyMatch(name -> name.contains("tokenizers"));
  }

  @Test
  void whatIsUnpackedIsUsedWhereNothingCanBeWritten() throws Exception {
    Path place = mount("size=64m");
    String loaded = "webp" + LOADED + "\ntokenizer" + LOADED;
    assertThat(use("webp,tokenizer", place, place)).isEqualTo(loaded);
    assertThat(run("mount", "-o", "remount,ro", place.toString())).isEmpty();
    assertThat(use("webp", place, place)).isEqualTo("webp" + LOADED);
  }

  private static List<String> librariesIn(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.map(Path::getFileName).map(Path::toString).toList();
    }
  }

  private Path mount(String options) throws Exception {
    Path place = Files.createDirectory(folder.resolve("mounted"));
    String said = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString());
    assumeTrue(said.isEmpty(), "file systems cannot be mounted here: " + said);
    mounted.add(place);
    return place;
  }

  /// What the command says that failed; nothing if it did not.
  private static String run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "failed: " + said.strip();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /// What a process says that uses a library, all on standard error in it.
  private String use(String library, Path unpacked, Path temporary) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.cachedir=" + unpacked,
            "-Djava.io.tmpdir=" + temporary,
            "-Duser.home=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            NativeUse.class.getName(),
            library,
            folder.toString());
    builder.environment().remove("DJL_CACHE_DIR");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.lines()
        .filter(line -> !line.matches(".*(DEBUG|SLF4J|java.io.tmpdir directory).*"))
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }
}
