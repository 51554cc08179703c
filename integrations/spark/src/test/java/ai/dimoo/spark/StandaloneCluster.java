package ai.dimoo.spark;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A master and a worker of Spark's own cluster, each a process on this machine, made of the class
/// path of the tests: the jars stand where those of a distribution would. The worker says that it
/// has two graphics cards.
final class StandaloneCluster implements AutoCloseable {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final List<String> CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> !entry.isBlank() && Files.exists(Path.of(entry)))
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .toList();

  /// What every process needs that computes.
  static final String OPTIONS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private final Path folder;
  private final int port;
  private final List<Process> started = new ArrayList<>();
  private final Process worker;

  StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    Path jars = Files.createDirectories(folder.resolve("home/jars"));
    for (String entry : CLASS_PATH) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry);
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    Path cards = folder.resolve("cards");
    Files.writeString(
        cards, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    Files.setPosixFilePermissions(cards, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path properties = folder.resolve("worker.conf");
    Files.writeString(
        properties,
        "spark.worker.resource.gpu.amount 2\nspark.worker.resource.gpu.discoveryScript %s\n"
            .formatted(cards));
    port = freePort();
    start(
        "master",
        List.of(),
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        "" + port,
        "--webui-port",
        "0");
    worker =
        start(
            "worker",
            List.of(),
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "-c",
            "2",
            "-m",
            "2g",
            "-d",
            folder.resolve("work").toString(),
            "--properties-file",
            properties.toString(),
            url());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  /// What executors find beside the jars.
  static String classFolders() {
    return String.join(
        File.pathSeparator, CLASS_PATH.stream().filter(entry -> !entry.endsWith(".jar")).toList());
  }

  /// A driver in a process of its own, as `spark-submit` starts it.
  Process submit(String name, List<String> settings, Class<?> main, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("--master", url(), "--class", main.getName()));
    settings.forEach(setting -> words.addAll(List.of("--conf", setting)));
    words.add("spark-internal"); // no jar: the class is on the class path
    words.addAll(List.of(arguments));
    return start(
        name,
        List.of("-Xmx1g"),
        "org.apache.spark.deploy.SparkSubmit",
        words.toArray(String[]::new));
  }

  private Process start(String name, List<String> options, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(List.of(OPTIONS.split(" ")));
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, CLASS_PATH), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log(name).toFile());
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /// The executors' processes.
  List<ProcessHandle> executors() {
    return worker.toHandle().children().filter(ProcessHandle::isAlive).toList();
  }

  /// Waits for something that takes seconds.
  static void await(String what, Process process, BooleanSupplier there) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end || process != null && !process.isAlive()) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(20);
    }
  }

  /// Ends all processes that it started.
  @Override
  public void close() {
    List<ProcessHandle> all =
        started.reversed().stream()
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }
}
