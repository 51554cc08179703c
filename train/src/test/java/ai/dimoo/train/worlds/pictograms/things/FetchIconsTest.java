package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `bin/fetch-icons` in a copy of its folders, with a path on which there is no npm, or one
/// that fails: no test uses the network.
class FetchIconsTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final List<String> NEEDED =
      List.of("dirname", "cmp", "cp", "mv", "sed", "grep", "head");

  @TempDir Path root;

  private record Run(int status, String output) {}

  @BeforeEach
  void copy() throws IOException {
    Path icons = Files.createDirectories(root.resolve("train/icons"));
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(REPOSITORY.resolve("bin/fetch-icons"), bin.resolve("fetch-icons"));
    Path lock = REPOSITORY.resolve("train/icons/package-lock.json");
    Files.copy(lock, icons.resolve("package-lock.json"));
    Path path = Files.createDirectories(root.resolve("path"));
    for (String command : NEEDED) {
      script(path.resolve(command), "exec " + onPath(command) + " \"$@\"");
    }
  }

  @Test
  void withoutNpmOneLineSaysWhatToDo() throws Exception {
    Run run = fetch();

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.output().lines()).hasSize(1);
    assertThat(run.output()).contains("npm is not on the PATH", "nodejs.org", "bin/fetch-icons");
  }

  @Test
  void withoutNetworkTheReasonIsNpms() throws Exception {
    npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network request failed' >&2; exit 1");

    Run run = fetch();

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.output().lines().toList().getLast())
        .contains("network request failed", "check the network", "bin/fetch-icons again")
        .doesNotContain("ENOTFOUND");
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    Path modules = Files.createDirectories(root.resolve("train/icons/node_modules"));
    npm("exit 0");
    assertThat(fetch().status()).isZero();
    assertThat(modules.resolve("fetched.lock")).exists();

    npm("exit 1");
    assertThat(fetch()).isEqualTo(new Run(0, ""));
  }

  @Test
  void whoIsInterruptedLeavesNothingRunning() throws Exception {
    Path begun = root.resolve("begun");
    Path script = root.resolve("fetch");
    script(
        script,
        "sleep 6000 & echo $! > " + begun + ".new; mv " + begun + ".new " + begun + "; wait");
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread fetching =
        Thread.ofPlatform()
            .start(() -> ended.complete(catchThrowable(() -> IconFolder.run(script))));
    while (!Files.exists(begun)) {
      Thread.sleep(10);
    }
    long child = Long.parseLong(Files.readString(begun).strip());

    fetching.interrupt();

    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    ProcessHandle.of(child).ifPresent(left -> left.onExit().orTimeout(1, TimeUnit.MINUTES).join());
  }

  @Test
  void theLockFileNamesHashesAndNoPlaces() throws IOException {
    String lock = Files.readString(REPOSITORY.resolve("train/icons/package-lock.json"));
    assertThat(lock).contains("sha512-").doesNotContain("resolved", "file:", "http://");
  }

  private void npm(String commands) throws IOException {
    script(root.resolve("path/npm"), commands);
  }

  private static void script(Path file, String commands) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run fetch() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", root.resolve("bin/fetch-icons").toString());
    builder.environment().put("PATH", root.resolve("path").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Run(process.waitFor(), output);
  }

  private static Path onPath(String command) {
    for (String folder : System.getenv("PATH").split(":")) {
      Path file = Path.of(folder, command);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new IllegalStateException(command + " is not on the PATH");
  }
}
