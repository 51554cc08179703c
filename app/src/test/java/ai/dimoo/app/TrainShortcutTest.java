package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.train.optim.TrainingState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// From a model without a shortcut network to a picture most of whose steps one took.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainShortcutTest {

  private static final int STEPS = 4;

  @TempDir static Path folder;

  private static Path model;
  private static Path prompts;

  @BeforeAll
  static void write() throws IOException {
    model = folder.resolve("pocket");
    copy(Path.of("../models/pocket"), model);
    Files.delete(model.resolve("knowledge.json")); // so that it has no prompts of its own
    Path sampling = model.resolve("generation_config.json");
    ObjectNode defaults = (ObjectNode) JsonMapper.shared().readTree(Files.readString(sampling));
    defaults.put("timesteps", 32).remove("speed"); // so that the network is what makes it quick
    Files.writeString(sampling, defaults.toString());
    prompts = folder.resolve("prompts.txt");
    Files.writeString(prompts, "a red circle\n\n# a comment\na blue square\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  private static CommandRun train(StopSignal stop, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), stop, false);
    List<String> arguments = new ArrayList<>(List.of("train", "shortcut", "--model=" + model));
    arguments.addAll(List.of(options));
    for (String usual :
        List.of(
            "--steps=" + STEPS,
            "--pictures=2",
            "--timesteps=4",
            "--threads=1",
            "--dtype=float32")) {
      String name = usual.substring(0, usual.indexOf('=') + 1);
      if (Stream.of(options).noneMatch(option -> option.startsWith(name))) {
        arguments.add(usual);
      }
    }
    int status = Main.run(terminal, arguments.toArray(String[]::new));
    return new CommandRun(status, out.toString(), err.toString());
  }

  private static String given(Path file) {
    return "--prompts=" + file;
  }

  private static String run(String name) {
    return "--folder=" + folder.resolve(name);
  }

  @Test
  @Order(1)
  void aTrainingThatIsStoppedGoesOnToTheSameNetwork() {
    Path other = folder.resolve("elsewhere");
    CommandRun whole = train(new StopSignal(), given(prompts), run("whole"), "-o", other + "");
    assertThat(whole.status()).as(whole.err()).isZero();
    Path network = other.resolve("shortcut.safetensors");
    assertThat(whole.out()).contains("shortcut: step 4 of 4, loss ");
    assertThat(whole.out().strip()).endsWith(network.toString());
    assertThat(model.resolve("shortcut.safetensors")).doesNotExist();

    StopSignal stop = new StopSignal();
    stop.stop(); // after one step
    String shown = "--prompt=a red circle";
    assertThat(train(stop, given(prompts), run("run"), shown).status()).isEqualTo(130);
    assertThat(TrainingState.stepOf(folder.resolve("run/shortcut/state.safetensors"))).isEqualTo(1);
    CommandRun rest = train(new StopSignal(), given(prompts), run("run"), shown);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(model.resolve("shortcut.safetensors")).hasSameBinaryContentAs(network);
    assertThat(folder.resolve("run/shortcut/sheet-4.png")).exists();
  }

  @Test
  @Order(2)
  void theNetworkTakesStepsAtOnce() {
    for (String way : List.of("--full-steps=2", "--speed=balanced")) {
      Path picture = folder.resolve("out.png");
      CommandRun run =
          CommandRun.of(
              "generate",
              "a red circle",
              "--model=" + model,
              "--seed=1",
              "--timesteps=8",
              way,
              "-o",
              picture.toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(ImageFiles.textOf(picture).toString()).containsPattern("full_steps\\D+[27]\\b");
    }
  }

  @Test
  @Order(3)
  void whatCannotBeTrainedIsRefusedInOneLine() throws IOException {
    StopSignal go = new StopSignal();
    refused(train(go, given(prompts), run("new")), "is there already, and this training did not");
    refused(train(go, given(prompts), run("run"), "--cfg-scale=2"), "begun with another recipe");
    refused(train(go, run("none")), "give a file of them with --prompts");
    refused(train(go, given(folder.resolve("gone")), run("none")), "There is no file");
    refused(train(go, given(prompts), run("run"), "--timesteps=1"), "give --timesteps 2 or more");
    for (String option : List.of("--steps=0", "--pictures=0", "--learning-rate=0")) {
      refused(
          train(go, given(prompts), run("none"), option),
          option.substring(0, option.indexOf('=')) + " is 0");
    }
    refused(
        train(go, given(prompts), run("none"), "--world=2", "--master=localhost:1"),
        "--world is 2");
    Path lines = folder.resolve("prompts.jsonl");
    Files.writeString(lines, "{\"prompt\": \"a cat\"}\n{\"prompt\": \"a dog\", \"seed\": 3}\n");
    refused(train(go, given(lines), run("none")), "prompts.jsonl, line 2: seed: ");
    Files.writeString(lines, "{\"prompt\": \"a cat\"}\n{\"text\": \"a dog\"}\n");
    refused(train(go, given(lines), run("none")), "line 2: prompt is null");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private static void refused(CommandRun run, String message) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
  }
}
