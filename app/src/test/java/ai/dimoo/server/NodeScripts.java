package ai.dimoo.server;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Scripts for node and the packages that they need. Installed once beneath `target`; a machine
/// without npm fails the test.
///
/// @param sources the folder of the scripts, with package.json and package-lock.json
/// @param installed where they run
record NodeScripts(Path sources, Path installed) {

  private static final String LOCK = "package-lock.json";
  private static final Duration TO_INSTALL = Duration.ofMinutes(10);

  /// What a script prints.
  String run(Duration limit, Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    install();
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    return output(limit, environment, command);
  }

  private void install() throws IOException, InterruptedException {
    synchronized (NodeScripts.class) {
      Files.createDirectories(installed);
      try (FileChannel lock =
          FileChannel.open(
              installed.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // another JVM's tests may use the same folder
        installAlone();
      }
    }
  }

  private void installAlone() throws IOException, InterruptedException {
    Path done = installed.resolve("installed.lock");
    boolean fresh = Files.exists(done) && Files.mismatch(done, sources.resolve(LOCK)) < 0;
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = installed.resolve(file.getFileName());
        if (Files.notExists(target) || Files.mismatch(file, target) >= 0) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    if (!fresh) {
      output(TO_INSTALL, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
      Files.copy(sources.resolve(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String output(Duration limit, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    File output = File.createTempFile("node", ".out");
    File errors = File.createTempFile("node", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(installed.toFile())
            .redirectOutput(output)
            .redirectError(errors);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      String printed = Files.readString(output.toPath());
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            "%s %s:%n%s%s"
                .formatted(
                    String.join(" ", command),
                    ended ? "failed" : "took longer than " + limit,
                    printed,
                    Files.readString(errors.toPath())));
      }
      return printed;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output.toPath());
      Files.delete(errors.toPath());
    }
  }
}
