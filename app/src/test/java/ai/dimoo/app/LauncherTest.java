package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher's search for a JDK, run by a real shell over folders that look like JDKs, and what
/// it passes on to Java.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SCRIPT = ROOT.resolve("bin/find-jdk");

  @TempDir private Path folder;

  @Test
  void takesJavaHomeIfItIsNewEnough() throws Exception {
    Path home = jdkWithRelease("home", "25.0.1");
    jdkWithRelease("places/other", "26");

    assertThat(find(home.toString())).isEqualTo("0 " + home);
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = jdkWithRelease("home", "17.0.15");
    jdkWithRelease("places/a-21", "21.0.2");
    Path right = jdkWithRelease("places/b-25", "25.0.1");

    assertThat(find(old.toString())).isEqualTo("0 " + right);
  }

  @Test
  void asksJavaItselfWhereThereIsNoReleaseFile() throws Exception {
    Path jdk = folder.resolve("places/odd place/jdk");
    executable(jdk.resolve("bin/java"), "echo 'openjdk version \"27-ea\" 2026-09-01' >&2");
    executable(jdk.resolve("bin/javac"), "");

    assertThat(find("")).isEqualTo("0 " + jdk);
  }

  @Test
  void passesOverARuntimeWithoutACompiler() throws Exception {
    Path jre = jdkWithRelease("places/jre", "25");
    Files.delete(jre.resolve("bin/javac"));

    assertThat(find("")).startsWith("3 ");
  }

  @Test
  void followsTheLinksOfJavaOnThePath() throws Exception {
    Path jdk = jdkWithRelease("jdk", "25");
    Path path = Files.createDirectories(folder.resolve("path"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("jdk/bin/java"));
    Files.createSymbolicLink(path.resolve("java"), Path.of("../link"));

    assertThat(find("")).isEqualTo("0 " + path.resolve("../jdk"));
    assertThat(path.resolve("../jdk").toRealPath()).isEqualTo(jdk.toRealPath());
  }

  @Test
  void saysInOneLineHowToGetOne() throws Exception {
    jdkWithRelease("places/a-21", "21.0.2");

    assertThat(find("").lines())
        .singleElement()
        .asString()
        .startsWith("3 dimoo: no JDK 25 or newer found")
        .contains("https://adoptium.net", "JAVA_HOME");
  }

  /// It cannot be run where the tests run; what the two must have in common can be read.
  @Test
  void theLauncherForWindowsBuildsAndRunsAsTheOtherDoes() throws IOException {
    String windows = Files.readString(ROOT.resolve("dimoo.cmd"));
    String build = Files.readString(ROOT.resolve("bin/build"));

    assertThat(windows)
        .contains(
            build.replaceFirst("(?s).*java_flags=\"([^\"]*)\".*", "$1"),
            "mvnw.cmd " + build.replaceFirst("(?s).*\\./mvnw ([^$]*?) \\$\\{profiles.*", "$1"),
            "geq 125",
            Files.readString(ROOT.resolve("bin/brief-runs"))
                .replaceFirst("(?s).*  (generate [^)]*)\\) .*", "($1)")
                .replace(" |", ""),
            "%DIMOO_JAVA_OPTS% ai.dimoo.app.Main %*");
    for (String option : Files.readString(ROOT.resolve("dimoo")).split("[\\s\"]+")) {
      if (option.matches("-Dorg\\..*")) {
        assertThat(windows).contains(option);
      }
    }
    assertThat(windows.lines().count())
        .isEqualTo(windows.chars().filter(c -> c == '\r').count()); // cmd needs both ends of lines
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "ask", "serve", "train", ""})
  void onlyCommandsThatEndSoonAreCompiledInHaste(String command) throws Exception {
    String script = ". '" + ROOT.resolve("bin/brief-runs") + "'; compiling \"$@\"";
    Process shell = new ProcessBuilder("/bin/sh", "-c", script, "sh", command, "an owl").start();
    String flags = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    boolean brief = command.equals("generate") || command.equals("ask");
    assertThat(flags).isEqualTo(brief ? "-XX:TieredStopAtLevel=1" : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "xx_XX.UTF-8"}) // the last is not installed
  void lettersBeyondAsciiArriveWhateverTheLocale(String locale) throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.copy(ROOT.resolve("dimoo"), root.resolve("dimoo"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(root.resolve("bin"));
    for (String part : new String[] {"find-jdk", "build", "use-utf8", "brief-runs"}) {
      Files.copy(ROOT.resolve("bin").resolve(part), root.resolve("bin").resolve(part));
    }
    executable(root.resolve("mvnw"), "mkdir -p app/target/dist/lib");
    ProcessBuilder dimoo =
        new ProcessBuilder(root.resolve("dimoo").toString(), "généré").redirectErrorStream(true);
    Map<String, String> environment = dimoo.environment();
    environment.keySet().removeIf(name -> name.startsWith("LC_"));
    environment.put("LANG", locale);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // the program is this test's, not one that was built
    environment.put("DIMOO_JAVA_OPTS", "-cp " + System.getProperty("java.class.path"));

    Process process = dimoo.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).contains("généré");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /// The status of the search, and what it found or said.
  private String find(String javaHome) throws IOException, InterruptedException {
    String script =
        ". '%s'; jdk_places() { printf '%%s\\n' '%s'/places/* '%s/places/odd place/jdk'; };"
                .formatted(SCRIPT, folder, folder)
            + " find_jdk 2>found && printf %s \"$JAVA_HOME\" >found; status=$?;"
            + " printf '%s ' $status; cat found";
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script);
    shell.directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = shell.environment();
    environment.put("JAVA_HOME", javaHome);
    environment.put("PATH", folder.resolve("path") + ":" + tools());
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.strip();
  }

  /// A folder with the few tools that the script calls, and no `java`.
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : new String[] {"cat", "dirname", "readlink", "sed"}) {
      for (String place : new String[] {"/usr/bin", "/bin"}) {
        Path original = Path.of(place, tool);
        if (Files.isExecutable(original) && !Files.exists(tools.resolve(tool))) {
          executable(tools.resolve(tool), "exec " + original + " \"$@\"");
        }
      }
    }
    return tools;
  }

  private Path jdkWithRelease(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    executable(jdk.resolve("bin/java"), "exit 1");
    executable(jdk.resolve("bin/javac"), "exit 1");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
