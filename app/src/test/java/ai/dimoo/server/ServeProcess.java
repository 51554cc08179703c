package ai.dimoo.server;

import ai.dimoo.app.ProgramCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `dimoo serve` as a process of its own, with the pocket model at a free port. One request is
/// computed at a time, so that others wait, however many processors there are.
final class ServeProcess implements AutoCloseable {

  private static final Pattern ADDRESS =
      Pattern.compile("serving .* at http://127\\.0\\.0\\.1:(\\d+)/");

  private final Process process;
  private final Path output;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private ServeProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /// Starts one with this JVM's class path; it serves when this returns.
  ///
  /// @param folder for its log
  static ServeProcess start(Path folder, String... options) throws IOException {
    return startWithHeap(folder, "1g", options);
  }

  /// Starts one whose Java heap is this large.
  ///
  /// @param folder for its log
  static ServeProcess startWithHeap(Path folder, String heap, String... options)
      throws IOException {
    List<String> command =
        ProgramCommand.of(
            heap,
            "serve",
            "--model",
            ServerFixture.POCKET.toString(),
            "--port",
            "0",
            "--batch",
            "1");
    command.addAll(List.of(options));
    return start(folder, new ProcessBuilder(command));
  }

  /// Starts a program that prints what `dimoo serve` prints.
  static ServeProcess start(Path folder, ProcessBuilder program) throws IOException {
    Path output = folder.resolve("log");
    Process process = program.redirectOutput(output.toFile()).start();
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    String line;
    while ((line = errors.readLine()) != null) {
      all.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new ServeProcess(process, output, Integer.parseInt(address.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IOException("it ended before it served: " + all);
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /// What it wrote to standard output so far.
  String log() throws IOException {
    return Files.readString(output);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /// Asks it to end.
  void terminate() {
    process.destroy(); // SIGTERM
  }

  /// Its exit status.
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
