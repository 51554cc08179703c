package ai.dimoo.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A master, a worker and two executors, each a process of its own, and what becomes of the work
/// when some of them are killed.
class ClusterTest {

  private static final int ROWS = 30;
  private static final int ROWS_PER_FILE = 2;
  private static final int TIMESTEPS = 6;

  /// Two executors of one processor and one card each, of which each task takes all.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.executor.cores", "1",
          "spark.task.cpus", "1",
          "spark.executor.memory", "600m",
          "spark.executor.extraJavaOptions", StandaloneCluster.OPTIONS,
          "spark.executor.extraClassPath", StandaloneCluster.classFolders(),
          "spark.driver.host", "127.0.0.1",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2");

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Path requests;

  /// By id, what the library itself makes.
  private static final Map<String, Picture> EXPECTED = new TreeMap<>();

  @BeforeAll
  static void start() throws IOException {
    LocalSpark.open().stop(); // a process has one driver
    cluster = new StandaloneCluster(folder);
    requests = folder.resolve("requests.jsonl");
    String[] colours = {"red", "blue", "green", "yellow"};
    Map<String, String> prompts =
        IntStream.range(0, ROWS)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> "row-" + i, i -> "a " + colours[i % colours.length] + " ring"));
    Files.write(
        requests,
        prompts.entrySet().stream()
            .map(entry ->
                "{\"id\": \"%s\", \"prompt\": \"%s\"}".formatted(entry.getKey(), entry.getValue()))
            .toList());
    try (Dimoo dimoo =
        Dimoo.open(
            LocalSpark.MODEL.path(), ModelOptions.DEFAULT.withDevice("cpu").withThreads(1))) {
      prompts.forEach((id, prompt) ->
          EXPECTED.put(
              id,
              dimoo
                  .generate(
                      TextToImage.of(prompt)
                          .seed(RowSettings.seed(id, null))
                          .timesteps(TIMESTEPS)
                          .build())
                  .picture()));
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aKilledExecutorLosesNothing() throws Exception {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(cluster.url())
            .config("spark.executor.resource.gpu.amount", "1")
            .config("spark.task.resource.gpu.amount", "1");
    SETTINGS.forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      StandaloneCluster.await("two executors", null, () -> cluster.executors().size() == 2);
      assertThat(cardsByProcess(spark).values()).containsExactlyInAnyOrder("cuda:0 1", "cuda:1 1");

      KillAfterFirstTask killing = new KillAfterFirstTask();
      spark.sparkContext().addSparkListener(killing);
      GeneratePictures generate =
          GeneratePictures.with(SparkModel.at(LocalSpark.MODEL.folder()).withDevice("cpu"))
              .setting("timesteps", TIMESTEPS);
      ResultFolder results = new ResultFolder(folder.resolve("killed-executor").toString());
      results.write(spark.read().json(requests.toString()), generate::apply, ROWS_PER_FILE);

      assertThat(killing.killed).isTrue();
      StandaloneCluster.await("the loss to be told", null, () -> !killing.removed.isEmpty());
      assertComplete(results.read(spark));
    }
  }

  /// Which card, and how many threads, each executor's process would compute with.
  private static Map<String, String> cardsByProcess(SparkSession spark) throws Exception {
    SparkModel model = SparkModel.at(LocalSpark.MODEL.folder());
    MapPartitionsFunction<Long, String> tell = rows -> tell(model);
    Map<String, String> cards = new TreeMap<>();
    // an executor may be so late that the other does all
    StandaloneCluster.await(
        "tasks on both executors",
        null,
        () -> {
          spark.range(0, 2, 1, 2).mapPartitions(tell, Encoders.STRING()).collectAsList().stream()
              .map(line -> line.split(" ", 2))
              .forEach(line -> cards.put(line[0], line[1]));
          return cards.size() == 2;
        });
    return cards;
  }

  private static Iterator<String> tell(SparkModel model) {
    ModelOptions options = model.options(TaskContext.get());
    return List.of(
            "%d %s %d"
                .formatted(ProcessHandle.current().pid(), options.device(), options.threads()))
        .iterator();
  }

  /// Kills an executor when the first of the tasks that make pictures has ended, others being under
  /// way.
  private static final class KillAfterFirstTask extends SparkListener {

    final AtomicBoolean killed = new AtomicBoolean();
    final Set<String> removed = ConcurrentHashMap.newKeySet();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      boolean wrote =
          end.taskMetrics() != null && end.taskMetrics().outputMetrics().recordsWritten() > 0;
      if (wrote && killed.compareAndSet(false, true)) {
        cluster.executors().getFirst().destroyForcibly();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      removed.add(event.executorId());
    }
  }

  @Test
  void aKilledDriverLosesNothing() throws Exception {
    Path output = folder.resolve("killed-driver");
    Process driver = submit("driver-1", output);
    StandaloneCluster.await("a first file", driver, () -> !files(output).isEmpty());
    driver.destroyForcibly().waitFor();
    StandaloneCluster.await("the executors' end", null, () -> cluster.executors().isEmpty());
    List<Path> before = files(output);
    assertThat(before).hasSizeBetween(1, ROWS / ROWS_PER_FILE - 1);

    Process again = submit("driver-2", output);
    assertThat(again.waitFor(10, TimeUnit.MINUTES)).isTrue();

    String told = Files.readString(cluster.log("driver-2"));
    assertThat(again.exitValue()).as(told).isZero();
    assertThat(told)
        .contains(
            "%d rows were missing; now there are %d, 0 of them with an error."
                .formatted(ROWS - before.size() * ROWS_PER_FILE, ROWS));
    assertThat(files(output)).containsAll(before);
    try (SparkSession spark = LocalSpark.open()) {
      assertComplete(new ResultFolder(output.toString()).read(spark));
    }
  }

  private static Process submit(String name, Path output) throws IOException {
    List<String> settings = new ArrayList<>(List.of("spark.cores.max=1"));
    SETTINGS.forEach((key, value) -> settings.add(key + "=" + value));
    return cluster.submit(
        name,
        settings,
        DrawPictures.class,
        LocalSpark.MODEL.folder(),
        requests.toString(),
        output.toString(),
        "timesteps=" + TIMESTEPS,
        "rows_per_file=" + ROWS_PER_FILE);
  }

  private static List<Path> files(Path output) {
    try (Stream<Path> list = Files.list(output)) {
      return list.filter(file -> file.toString().endsWith(".parquet")).toList();
    } catch (IOException e) {
      return List.of(); // not there yet
    }
  }

  private static void assertComplete(Dataset<Row> results) {
    List<Row> rows = results.collectAsList();
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      assertThat(row.<String>getAs("error")).isNull();
      assertThat(ImageFiles.read(row.<byte[]>getAs("png"), "png"))
          .isEqualTo(EXPECTED.get(row.<String>getAs("id")));
    }
  }
}
