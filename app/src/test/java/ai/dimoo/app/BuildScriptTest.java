package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

  private List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("calls"));
  }

  /// As if it was saved a moment after the last build began.
  private void touch() throws IOException {
    Path builds = root.resolve("app/target/built");
    Path stamp = builds.resolve(Files.readString(builds.resolve("current")).strip() + "/stamp");
    long built = Files.getLastModifiedTime(stamp).toMillis();
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
    String script =
        "root='%s'; . '%s'; build_if_needed; printf '%%s\\n' \"$dist\"".formatted(root, SCRIPT);
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
