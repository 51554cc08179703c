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
    alone = new Rank(folder.resolve("alone"), 0, 1, STEPS, PEAK).lines();
    assertThat(alone).hasSize(STEPS + 2).last().isEqualTo("done");
  }

  /// The ranks of one training take the same port.
  private static void anotherPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @Test
  void anyNumberOfProcessesGivesTheLossesOfOne() throws Exception {
    Path run = folder.resolve("several");
    anotherPort();
    Rank first = new Rank(run, 0, 2, STEPS, PEAK);
    Rank second = new Rank(run, 1, 2, STEPS, PEAK);
    first.until("2 ", line -> touch(run.resolve("stop-1"))); // whoever is asked, all stop
    assertThat(losses(second.lines())).isEqualTo(losses(first.lines()));
    assertThat(first.lines()).last().isEqualTo("stopped");
    List<String> losses = losses(first.lines());
    Files.delete(run.resolve("stop-1"));

    anotherPort();
    List<Rank> ranks = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      ranks.add(new Rank(run, rank, 3, STEPS - 2, PEAK));
    }
    for (Rank rank : ranks) {
      assertThat(rank.lines()).last().isEqualTo("done");
    }
    losses.addAll(losses(ranks.getFirst().lines()));

    List<String> last = new Rank(run, 0, 1, STEPS, PEAK).lines();
    losses.addAll(losses(last));
    assertSame(losses, losses(alone));
    assertSame(averages(last), averages(alone));
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
    anotherPort();
    Path run = folder.resolve("killed");
    Rank first = new Rank(run, 0, 2, 1_000_000, PEAK);
    Rank second = new Rank(run, 1, 2, 1_000_000, PEAK);
    first.until("5 ", line -> second.kill());
    List<String> lines = first.lines();
    assertThat(lines.getLast())
        .matches(
            "Rank 0 of 2 has lost rank 1 \\(.*(closed|reset) by peer.*start all ranks again.*");
    assertThat(first.status()).isEqualTo(3);
    assertThat(run.resolve("tiny/state.safetensors")).exists();
    try (var files = Files.list(run.resolve("tiny"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "recipe.txt", "state.safetensors");
    }
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRankWithAnotherRecipeIsRefused() throws Exception {
    anotherPort();
    Path run = folder.resolve("differing");
    Rank first = new Rank(run, 0, 2, STEPS, PEAK);
    Rank second = new Rank(run, 1, 2, STEPS, "0.02");
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

    Rank(Path run, int rank, int world, long steps, String peak) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
                  peak)
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
