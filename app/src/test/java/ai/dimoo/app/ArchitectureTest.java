package ai.dimoo.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps what docs/architecture.md says of the packages.
class ArchitectureTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("ai.dimoo");

  /// Which of the library's packages each of them may use.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("error", List.of()),
          Map.entry("file", List.of("error")),
          Map.entry("memory", List.of()),
          Map.entry("sequence", List.of("error")),
          Map.entry("image", List.of("error", "file", "sequence")),
          Map.entry("prompt", List.of("error", "file", "sequence")),
          Map.entry("torch", List.of("error", "file")),
          Map.entry("checkpoint", List.of("error", "file", "torch")),
          Map.entry("knowledge", List.of("error", "image", "checkpoint")),
          Map.entry("hub", List.of("error", "file", "checkpoint")),
          Map.entry("linear", List.of("error", "torch", "checkpoint")),
          Map.entry("adapter", List.of("error", "torch", "checkpoint", "linear")),
          Map.entry("transformer", List.of("error", "torch", "checkpoint", "linear")),
          Map.entry("vq", List.of("error", "torch", "checkpoint")),
          Map.entry("diffusion", List.of("error", "sequence", "torch", "transformer")),
          Map.entry(
              "request", List.of("error", "file", "sequence", "image", "prompt", "diffusion")),
          Map.entry(
              "records",
              List.of("error", "sequence", "prompt", "torch", "checkpoint", "vq", "request")),
          Map.entry(
              "parity",
              List.of(
                  "error",
                  "sequence",
                  "image",
                  "prompt",
                  "torch",
                  "checkpoint",
                  "transformer",
                  "vq",
                  "diffusion")));

  /// Which of the server's packages each of them may use, beside the library. `server` itself joins
  /// them all.
  private static final Map<String, List<String>> SERVER_MAY_USE =
      Map.of(
          "job", List.of(),
          "exchange", List.of("job"),
          "metrics", List.of("job"),
          "remote", List.of("exchange"),
          "openai", List.of("job", "exchange", "metrics", "remote"),
          "mcp", List.of("job", "exchange", "openai"),
          "a1111", List.of("exchange", "openai"));

  /// The same within the trainer: only the recipe of a model knows a world.
  private static final Map<String, List<String>> TRAIN_MAY_USE =
      Map.ofEntries(
          Map.entry("source", List.of()),
          Map.entry("tasks", List.of("source")),
          Map.entry("parallel", List.of()),
          Map.entry("optim", List.of("parallel")),
          Map.entry("log", List.of()),
          Map.entry("tokenizer", List.of()),
          Map.entry("metrics", List.of("source")),
          Map.entry("worlds", List.of("source", "tasks", "metrics")),
          Map.entry("vq", List.of("source", "optim", "metrics")),
          Map.entry("transformer", List.of("source", "parallel", "optim")),
          Map.entry("data", List.of("source", "tasks")),
          Map.entry("lora", List.of("source", "parallel", "optim", "transformer")),
          Map.entry("shortcut", List.of("parallel", "optim")),
          Map.entry(
              "runs",
              List.of(
                  "source",
                  "tasks",
                  "parallel",
                  "optim",
                  "log",
                  "metrics",
                  "vq",
                  "transformer",
                  "data",
                  "lora",
                  "shortcut")),
          Map.entry(
              "pocket",
              List.of(
                  "source", "tasks", "optim", "tokenizer", "worlds", "vq", "transformer", "runs")),
          Map.entry("parity", List.of("source", "optim", "metrics", "transformer")),
          Map.entry("bench", List.of("source", "parallel", "optim", "transformer", "lora")));

  @Test
  void theTablesOfTheDocsAreInTheOrderOfUse() throws IOException {
    List<List<String>> library = rows(Pattern.compile("\\| `ai\\.dimoo\\.(\\w+)` \\|"));
    assertThat(library.stream().flatMap(List::stream)).containsAll(MAY_USE.keySet());
    assertNoneUses(library, MAY_USE);
    List<List<String>> training = rows(Pattern.compile("^\\| ((?:`\\w+`(?:, )?)+) \\|"));
    assertThat(training.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(TRAIN_MAY_USE.keySet());
    assertNoneUses(training.reversed(), TRAIN_MAY_USE);
  }

  /// No package uses one of a row above its own.
  private static void assertNoneUses(List<List<String>> rows, Map<String, List<String>> mayUse) {
    List<String> above = new ArrayList<>();
    for (List<String> row : rows) {
      for (String name : row) {
        assertThat(above)
            .as("above " + name)
            .noneMatch(mayUse.getOrDefault(name, List.of())::contains);
      }
      above.addAll(row);
    }
  }

  /// The packages that each row of docs/architecture.md names where the pattern has its group.
  private static List<List<String>> rows(Pattern pattern) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/architecture.md"))) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        rows.add(List.of(matcher.group(1).replace("`", "").split(", ")));
      }
    }
    return rows;
  }

  @Test
  void seesAllModules() {
    assertThat(OURS.stream().map(c -> c.getPackageName()))
        .contains("ai.dimoo.error", "ai.dimoo.torch", "ai.dimoo.app")
        .anyMatch(name -> name.startsWith("ai.dimoo.train"));
  }

  @Test
  void onlyThePackagesThatComputeKnowLibTorch() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "ai.dimoo.torch..",
            "ai.dimoo.linear..",
            "ai.dimoo.adapter..",
            "ai.dimoo.transformer..",
            "ai.dimoo.diffusion..",
            "ai.dimoo.vq..",
            "ai.dimoo.checkpoint..",
            "ai.dimoo.parity..",
            "ai.dimoo.records..",
            "ai.dimoo.train..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(OURS);
    noClasses()
        .that()
        .resideInAnyPackage(
            "ai.dimoo.train.source..", "ai.dimoo.train.tasks..", "ai.dimoo.train.worlds..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(OURS);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("ai.dimoo.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void packagesUseOnlyThoseBelowThem() {
    for (Map.Entry<String, List<String>> entry : MAY_USE.entrySet()) {
      String[] allowed =
          Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
              .map(name -> "ai.dimoo." + name + "..")
              .toArray(String[]::new);
      String[] others =
          Stream.concat(
                  MAY_USE.keySet().stream().map(name -> "ai.dimoo." + name + ".."),
                  Stream.of("ai.dimoo", "ai.dimoo.train..", "ai.dimoo.server..", "ai.dimoo.app.."))
              .filter(name -> !Arrays.asList(allowed).contains(name))
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("ai.dimoo." + entry.getKey() + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(OURS);
    }
  }

  @Test
  void theServersPackagesUseOnlyThoseBelowThem() {
    SERVER_MAY_USE.forEach((name, below) -> {
      String[] others =
          SERVER_MAY_USE.keySet().stream()
              .filter(other -> !other.equals(name) && !below.contains(other))
              .map(other -> "ai.dimoo.server." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("ai.dimoo.server." + name + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(others).or(resideInAPackage("ai.dimoo.server")))
          .check(OURS);
    });
  }

  @Test
  void theTrainersPackagesUseOnlyThoseBelowThem() {
    TRAIN_MAY_USE.forEach((name, below) -> {
      String[] others =
          TRAIN_MAY_USE.keySet().stream()
              .filter(other -> !other.equals(name) && !below.contains(other))
              .map(other -> "ai.dimoo.train." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("ai.dimoo.train." + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(OURS);
    });
    assertThat(
            OURS.stream()
                .map(c -> c.getPackageName())
                .filter(name -> name.startsWith("ai.dimoo.train."))
                .map(name -> name.split("\\.")[3])
                .distinct())
        .containsExactlyInAnyOrderElementsOf(TRAIN_MAY_USE.keySet());
  }

  @Test
  void theServerKnowsNeitherCommandLineNorTraining() {
    noClasses()
        .that()
        .resideInAPackage("ai.dimoo.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.dimoo.app..", "ai.dimoo.train..", "ai.dimoo.checkpoint..", "ai.dimoo.hub..")
        .check(OURS);
  }

  @Test
  void onlyTheServerKnowsHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("ai.dimoo.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
        .check(OURS);
  }

  @Test
  void packagesAreNamedByWhatTheyAreAbout() {
    classes()
        .should()
        .resideOutsideOfPackages(
            "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc..")
        .check(OURS);
  }
}
