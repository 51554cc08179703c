package ai.dimoo.train.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that train a tiny model together.
class SeveralRanksTest {

  private static final String PEAK = "0.01";
  private static final int STEPS = 9;

  @TempDir static Path folder;

  private static List<String> alone;
  private static int port;

  @BeforeAll
  static void trainAlone() throws Exception {
    alone = new Rank(folder.resolve("alone"), 0, 1, STEPS, PEAK, "all").lines();
    assertThat(alone).hasSize(STEPS + 2).last().isEqualTo("done");
  }

  /// Processes that train together.
  ///
  /// @param peaks of each one's recipe
  private static List<Rank> ranks(Path run, int world, long steps, String... peaks)
      throws IOException {
    return ranks("all", run, world, steps, peaks);
  }

  /// @param learning as [TinyRank] has it
  private static List<Rank> ranks(String learning, Path run, int world, long steps, String... peaks)
      throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<Rank> ranks = new ArrayList<>();
    for (int rank = 0; rank < world; rank++) {
      ranks.add(new Rank(run, rank, world, steps, peaks[rank], learning));
    }
    return ranks;
  }

  @Test
  void threeProcessesAndThenOneGiveTheLossesOfOne() throws Exception {
    Path run = folder.resolve("several");
    Path stop = Files.createDirectories(run).resolve("stop-1");
    Files.writeString(stop, "4"); // one is asked, all stop
    List<Rank> ranks = ranks(run, 3, STEPS, PEAK, PEAK, PEAK);
    List<String> losses = losses(ranks.getFirst().lines());
    for (Rank rank : ranks) {
      assertThat(losses(rank.lines())).isEqualTo(losses);
      assertThat(rank.lines()).last().isEqualTo("stopped");
    }
    assertThat(losses).hasSize(4);

    Files.delete(stop);
    List<String> rest = new Rank(run, 0, 1, STEPS, PEAK, "all").lines();
    losses.addAll(losses(rest));
    assertSame(losses, losses(alone));
    assertSame(averages(rest), averages(alone));
  }

  @Test
  void anAdapterWithDropoutHasTheLossesOfOneProcess() throws Exception {
    List<String> one = new Rank(folder.resolve("adapter"), 0, 1, STEPS, PEAK, "adapter").lines();
    assertThat(one).hasSize(STEPS + 1).last().isEqualTo("done");
    List<Rank> two = ranks("adapter", folder.resolve("adapters"), 2, STEPS, PEAK, PEAK);
    assertSame(losses(two.getFirst().lines()), losses(one));
    assertThat(losses(two.getLast().lines())).isEqualTo(losses(two.getFirst().lines()));
  }

  private static List<String> losses(List<String> lines) {
    return lines.stream()
        .filter(line -> Character.isDigit(line.charAt(0)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> averages(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("average")).toList();
  }

  private static void assertSame(List<String> found, List<String> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String[] line = found.get(i).split(" ");
      String[] other = expected.get(i).split(" ");
      assertThat(line[0]).as(found.get(i)).isEqualTo(other[0]);
      if (line.length > 1) {
        double bound = line[0].equals("average") ? 1e-2 : 2e-5;
        assertThat(Double.parseDouble(line[1]))
            .as(found.get(i))
            .isCloseTo(Double.parseDouble(other[1]), within(bound));
      }
    }
  }

  @Test
  void aRankThatIsKilledEndsTheOther() throws Exception {
    Path run = folder.resolve("killed");
    List<Rank> ranks = ranks(run, 2, 1_000_000, PEAK, PEAK);
    ranks.getFirst().until("5 ", line -> ranks.getLast().kill());
    List<String> lines = ranks.getFirst().lines();
    assertThat(lines.getLast())
        .matches(
            "Rank 0 of 2 has lost rank 1 \\(.*(closed|reset) by peer.*start all ranks again.*");
    assertThat(ranks.getFirst().status()).isEqualTo(3);
    assertSame(losses(lines).subList(0, 5), losses(alone).subList(0, 5));
    try (var files = Files.list(run.resolve("tiny"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "recipe.txt", "state.safetensors");
    }
  }

  @Test
  void aRankWithAnotherRecipeIsRefused() throws Exception {
    Path run = folder.resolve("differing");
    List<Rank> ranks = ranks(run, 2, STEPS, PEAK, "0.02");
    Rank first = ranks.getFirst();
    Rank second = ranks.getLast();
    assertThat(second.lines())
        .singleElement()
        .asString()
        .contains("This rank, 1, has \"", "peak=0.02", "where rank 0 has", "peak=0.01");
    assertThat(first.lines())
        .singleElement()
        .asString()
        .startsWith("Rank 1 has another recipe, model, data or state than rank 0");
    assertThat(first.status()).isEqualTo(3);
    assertThat(second.status()).isEqualTo(3);
    assertThat(run.resolve("tiny/recipe.txt")).doesNotExist();
  }

  /// A process.
  private static final class Rank {

    private final Process process;
    private final BufferedReader reader;
    private final List<String> lines = new ArrayList<>();

    Rank(Path run, int rank, int world, long steps, String peak, String learning)
        throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TinyRank.class.getName(),
                  run.toString(),
                  Integer.toString(port),
                  Integer.toString(rank),
                  Integer.toString(world),
                  Long.toString(steps),
                  peak,
                  learning)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      reader = process.inputReader();
    }

    /// Reads up to a line, then does something.
    void until(String beginning, Consumer<String> then) throws IOException {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.startsWith(beginning)) {
          then.accept(line);
          return;
        }
      }
    }

    void kill() {
      process.destroyForcibly();
    }

    /// All lines that it prints, when it has ended.
    List<String> lines() throws IOException, InterruptedException {
      until("no such line", line -> {});
      process.waitFor();
      return lines;
    }

    int status() {
      return process.exitValue();
    }
  }
}
