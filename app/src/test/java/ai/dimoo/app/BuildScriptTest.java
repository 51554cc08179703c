package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// When the launcher builds, and what it leaves of earlier builds: `bin/build` in a real shell,
/// over a folder that looks like the repository, with a Maven that only notes how it was called.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class BuildScriptTest {

  private static final Path SCRIPT = Path.of("../bin/build").toAbsolutePath().normalize();
  private static final String NOT_SET = "not set";

  @TempDir private Path root;
  private Path source;

  @BeforeEach
  void repository() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "");
    source = Files.createDirectories(root.resolve("core/src/main")).resolve("A.java");
    Files.writeString(root.resolve("core/pom.xml"), "");
    Files.writeString(source, "");
    executable("jdk/bin/java", "exit 0");
    executable(
        "mvnw",
        "echo \"$*\" >>calls; mkdir -p app/target/dist/lib; : >app/target/dist/lib/dimoo-app-1.jar");
  }

  @Test
  void buildsOnceAndAgainWhenASourceChanges() throws Exception {
    Path first = build(NOT_SET);
    Path again = build(NOT_SET);
    assertThat(again).isEqualTo(first);
    assertThat(calls()).hasSize(1);

    touch();
    Path second = build(NOT_SET);

    assertThat(calls()).hasSize(2);
    assertThat(second).isNotEqualTo(first);
    assertThat(second.resolve("lib/dimoo-app-1.jar")).exists();
  }

  @Test
  void aRunningProgramKeepsItsFilesThroughTheNextBuild() throws Exception {
    Path first = build(NOT_SET);
    touch();
    Path second = build(NOT_SET);
    assertThat(first.resolve("lib/dimoo-app-1.jar")).exists();

    touch();
    build(NOT_SET);

    assertThat(first).doesNotExist();
    assertThat(second).exists();
  }

  @Test
  void profilesAreBuiltWithAndKept() throws Exception {
    build(NOT_SET);
    build("cuda");
    build(NOT_SET);
    assertThat(calls()).hasSize(2);
    assertThat(calls().getFirst()).doesNotContain("-P");
    assertThat(calls().getLast()).endsWith(" -Pcuda");

    touch();
    build(NOT_SET);
    assertThat(calls()).hasSize(3);
    assertThat(calls().getLast()).endsWith(" -Pcuda");

    build("");
    assertThat(calls()).hasSize(4);
    assertThat(calls().getLast()).doesNotContain("-P");
  }

  @Test
  void aFailedBuildIsTriedAgainAndTheOldOneStays() throws Exception {
    Path first = build(NOT_SET);
    touch();
    executable("mvnw", "echo \"$*\" >>calls; exit 1");

    assertThat(run(NOT_SET)).startsWith("3 ").contains("the build failed");
    assertThat(run(NOT_SET)).startsWith("3 ");
    assertThat(calls()).hasSize(3);
    assertThat(first.resolve("lib/dimoo-app-1.jar")).exists();
  }

  @Test
  void aSourceOfTheFutureIsBuiltOnce() throws Exception {
    FileTime nextYear = FileTime.from(Instant.now().plus(Duration.ofDays(365)));
    Files.setLastModifiedTime(source, nextYear);
    build(NOT_SET);
    build(NOT_SET);
    assertThat(calls()).hasSize(1);

    Files.writeString(source, "changed");
    Files.setLastModifiedTime(source, nextYear);
    build(NOT_SET);
    assertThat(calls()).hasSize(2);
  }

  @Test
  void whereNothingCanBeWrittenWhatIsBuiltRuns() throws Exception {
    assertThat(run(NOT_SET, "mkdir() { return 1; }"))
        .startsWith("3 ")
        .contains("which this user may not write")
        .hasLineCount(1);
    Path built = build(NOT_SET);
    touch();

    assertThat(run(NOT_SET, "mkdir() { return 1; }"))
        .startsWith("0 ")
        .contains("running what is built")
        .endsWith(built.toString());
    assertThat(calls()).hasSize(1);
  }

  /// The status of `./test` with a Maven that writes a report, or none.
  private String test(boolean report, String... arguments) throws Exception {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    Files.createDirectories(root.resolve("bin"));
    for (String script : List.of("test", "bin/build", "bin/find-jdk")) {
      executable(script, Files.readString(repository.resolve(script)));
    }
    executable("jdk/bin/javac", "exit 0");
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(
        "mvnw",
        report
            ? "d=core/target/surefire-reports; mkdir -p $d app/target/dist/lib; sleep 0.05; : >$d/TEST-A.xml"
            : "mkdir -p app/target/dist/lib");
    List<String> command = new ArrayList<>(List.of("./test"));
    command.addAll(List.of(arguments));
    ProcessBuilder shell = new ProcessBuilder(command).directory(root.toFile());
    shell.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output.strip();
  }

  @Test
  void aTestThatDoesNotExistFails() throws Exception {
    assertThat(test(false, "-pl", "core", "-Dtest=NoSuchTest"))
        .startsWith("1 ")
        .contains("test: no test ran")
        .contains("-Dtest=NoSuchTest");
    assertThat(test(true, "-pl", "core", "-Dtest=SomeTest")).isEqualTo("0 ");
    assertThat(test(true)).isEqualTo("0 ");
  }

  @Test
  void theExampleOfOneTestClassExists() throws Exception {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    Matcher named =
        Pattern.compile("-pl (\\w+) -am -Dtest=(\\w+)")
            .matcher(Files.readString(repository.resolve("CONTRIBUTING.md")));
    int examples = 0;
    while (named.find()) {
      examples++;
      try (Stream<Path> files = Files.walk(repository.resolve(named.group(1) + "/src/test"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .contains(named.group(2) + ".java");
      }
    }
    assertThat(examples).isPositive();
  }

  @Test
  void aColonInThePathIsSaid() throws Exception {
    assertThat(run(NOT_SET, "root=/a:b")).startsWith("3 dimoo: the path /a:b has a colon");
  }

  @Test
  void scriptsFindThemselvesWhateverCdpathSays() throws Exception {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    for (String script :
        List.of(
            "dimoo",
            "test",
            "packaging/assemble",
            "packaging/test-image",
            "bin/fetch-icons",
            "bin/install-chromium",
            ".ci/run")) {
      String text = Files.readString(repository.resolve(script));
      int first = text.indexOf("cd \"$(dirname");
      if (first >= 0) {
        assertThat(text.substring(0, first)).as(script).contains("unset CDPATH");
      }
    }
    ProcessBuilder assemble =
        new ProcessBuilder("packaging/assemble").directory(repository.toFile());
    assemble.environment().put("CDPATH", repository.toString());
    Process process = assemble.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("usage: packaging/assemble DIR\n");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("calls"));
  }

  /// As if it was saved a moment after the last build began.
  private void touch() throws IOException {
    Path builds = root.resolve("app/target/built");
    Path stamp = builds.resolve(Files.readString(builds.resolve("current")).strip() + "/stamp");
    long built = Files.getLastModifiedTime(stamp).toMillis();
    Files.writeString(source, Files.readString(source) + "// changed\n");
    Files.setLastModifiedTime(source, FileTime.fromMillis(built + 1));
  }

  /// The folder of the build that the launcher would run.
  private Path build(String profiles) throws IOException, InterruptedException {
    String output = run(profiles);
    assertThat(output).startsWith("0 ");
    return Path.of(output.substring(2).lines().toList().getLast());
  }

  /// The status, and what was said.
  private String run(String profiles) throws IOException, InterruptedException {
    return run(profiles, ":");
  }

  /// @param first a command that is run before
  private String run(String profiles, String first) throws IOException, InterruptedException {
    String script =
        "root='%s'; . '%s'; %s; build_if_needed; printf '%%s\\n' \"$dist\""
            .formatted(root, SCRIPT, first);
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
    shell.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    shell.environment().remove("DIMOO_PROFILES");
    if (!profiles.equals(NOT_SET)) {
      shell.environment().put("DIMOO_PROFILES", profiles);
    }
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output.strip();
  }

  private void executable(String name, String script) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
