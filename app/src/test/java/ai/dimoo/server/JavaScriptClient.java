package ai.dimoo.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// OpenAI's JavaScript client, in a process of node. Installed once into `target`; a machine without
/// npm fails the test.
final class JavaScriptClient {

  private static final Path SCRIPTS = Path.of("src/test/javascript");
  private static final Path INSTALLED = Path.of("target/javascript");
  private static final String LOCK = "package-lock.json";

  private JavaScriptClient() {}

  /// What a script of `src/test/javascript` prints.
  static String run(String script, String... arguments) throws IOException, InterruptedException {
    install();
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    return output(command);
  }

  private static synchronized void install() throws IOException, InterruptedException {
    Files.createDirectories(INSTALLED);
    Path done = INSTALLED.resolve("installed.lock");
    boolean fresh =
        Files.exists(done) && Files.mismatch(done, SCRIPTS.resolve(LOCK)) < 0;
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = INSTALLED.resolve(file.getFileName());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!fresh) {
      output(List.of("npm", "ci", "--no-audit", "--no-fund"));
      Files.copy(SCRIPTS.resolve(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    File errors = File.createTempFile("javascript", ".err");
    try {
      Process process =
          new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectError(errors).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            String.join(" ", command) + " failed:\n" + output + Files.readString(errors.toPath()));
      }
      return output;
    } finally {
      Files.delete(errors.toPath());
    }
  }
}
