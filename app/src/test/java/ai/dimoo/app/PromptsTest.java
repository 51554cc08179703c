package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `dimoo generate --prompts` with the pocket model.
class PromptsTest {

  @TempDir Path parent;
  private Path prompts;
  private Path folder;

  @BeforeEach
  void name() {
    prompts = parent.resolve("prompts.jsonl");
    folder = parent.resolve("pictures");
  }

  private CommandRun generate(Object... more) {
    return CommandRun.of(arguments(more));
  }

  private String[] arguments(Object... more) {
    return Stream.concat(
            Stream.of(
                "generate",
                "--model",
                GenerateCommandTest.MODEL,
                "--prompts",
                prompts,
                "-o",
                folder),
            Stream.of(more))
        .map(String::valueOf)
        .toArray(String[]::new);
  }

  private void write(String... lines) throws IOException {
    Files.write(prompts, List.of(lines));
  }

  private List<JsonNode> manifest() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("manifest.jsonl"))) {
      return lines.map(line -> JsonMapper.shared().readTree(line)).toList();
    }
  }

  private List<String> pictures() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".png"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyLineIsAPictureLikeOneMadeAlone() throws IOException {
    write(
        "{\"prompt\": \"a red circle\", \"seed\": 3}",
        "",
        "  {\"prompt\": \"a blue square\", \"seed\": 4, \"steps\": 2, \"size\": \"32x64\", \"n\": 2,"
            + " \"untrained_size\": \"force\", \"cache\": {\"cache_ratio\": 0.5}}  ",
        "{\"prompt\": \"ein Kreis\", \"output\": \"mine.png\", \"extra_body\": {\"timesteps\": 4}}");
    CommandRun run = generate("--timesteps", 3, "--cfg-scale", 2);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("11 of 11 steps", "4 pictures made, ");
    assertThat(pictures())
        .hasSize(4)
        .contains("mine.png")
        .anyMatch(name -> name.matches("a-red-circle-[0-9a-f]{12}\\.png"));
    assertThat(run.out().lines()).hasSize(4).allMatch(line -> Files.exists(Path.of(line)));
    assertThat(manifest())
        .extracting(entry -> entry.get("line").asInt())
        .containsExactly(1, 3, 3, 4);
    assertThat(manifest()).extracting(entry -> entry.get("seed").asLong()).startsWith(3L, 4L, 5L);
    Path second = folder.resolve(manifest().get(1).get("file").asString());
    assertThat(ImageFiles.textOf(second))
        .containsEntry("timesteps", "2")
        .containsEntry("cfg_scale", "2.0")
        .containsEntry("cache_ratio", "0.5")
        .containsEntry("width", "32");
    assertThat(ImageFiles.textOf(folder.resolve("mine.png"))).containsEntry("timesteps", "4");

    Path alone = parent.resolve("alone.png");
    CommandRun single =
        CommandRun.of(
            "generate",
            "a red circle",
            "--seed=3",
            "--timesteps=3",
            "--cfg-scale=2",
            "--model=" + GenerateCommandTest.MODEL,
            "-o" + alone);
    assertThat(single.status()).as(single.err()).isZero();
    Path first = folder.resolve(manifest().getFirst().get("file").asString());
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(alone));
  }

  @Test
  void whatIsThereIsNotMadeAgain() throws IOException {
    int atOnce = Runtime.getRuntime().availableProcessors();
    List<String> lines =
        new ArrayList<>(Collections.nCopies(2 * atOnce + 1, "{\"prompt\": \"a red circle\"}"));
    Files.write(prompts, lines);
    CommandRun stopped = stoppedAfterTheFirst();
    assertThat(stopped.status()).isEqualTo(130);
    List<String> kept = pictures();
    assertThat(kept).hasSizeBetween(1, atOnce); // those under way may have been in their last step
    assertThat(manifest()).hasSameSizeAs(kept);
    byte[] before = Files.readAllBytes(folder.resolve(kept.getFirst()));
    lines.addFirst("{\"prompt\": \"a blue ring\"}");
    Files.write(prompts, lines);

    CommandRun again = generate("--timesteps", 2);
    CommandRun third = generate("--timesteps", 2);

    int made = lines.size() - kept.size();
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("%d pictures made, %d were there".formatted(made, kept.size()));
    assertThat(again.out().lines()).hasSize(made);
    assertThat(pictures()).hasSameSizeAs(lines).containsAll(kept);
    assertThat(Files.readAllBytes(folder.resolve(kept.getFirst()))).isEqualTo(before);
    assertThat(manifest())
        .extracting(entry -> entry.get("line").asInt())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, lines.size()).boxed().toList());
    assertThat(third.err()).contains("0 pictures made, %d were there".formatted(lines.size()));
    assertThat(third.out()).isEmpty();
  }

  private CommandRun stoppedAfterTheFirst() {
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    StopSignal stop = new StopSignal();
    PrintWriter stops =
        new PrintWriter(out) {
          @Override
          public void println(Object line) {
            super.println(line);
            stop.stop();
          }
        };
    int status =
        Main.run(
            new Terminal(stops, new PrintWriter(err), stop, false), arguments("--timesteps", 2));
    return new CommandRun(status, out.toString(), err.toString());
  }

  @Test
  void aFileOfSomethingElseIsNotWrittenOver() throws IOException {
    write("{\"prompt\": \"a red circle\", \"output\": \"mine.png\", \"seed\": 1}");
    assertThat(generate("--timesteps", 2).status()).isZero();
    byte[] before = Files.readAllBytes(folder.resolve("mine.png"));
    write("{\"prompt\": \"a red circle\", \"output\": \"mine.png\", \"seed\": 2}");

    refused(generate("--timesteps", 2), "line 1: ", "mine.png is there", "remove it");
    assertThat(Files.readAllBytes(folder.resolve("mine.png"))).isEqualTo(before);
  }

  @Test
  void standardInputIsAFileToo() throws IOException {
    InputStream in = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "\uFEFF{\"prompt\": \"a red circle\"}\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    try {
      CommandRun run =
          CommandRun.of(
              "generate",
              "--model",
              GenerateCommandTest.MODEL,
              "--timesteps=1",
              "--prompts",
              "-",
              "-o",
              "" + folder);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(pictures()).hasSize(1);
    } finally {
      System.setIn(in);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt\": \"x\"                          | line 2: It is not valid JSON: it ends too early (",
        "{\"prompt\": \"x\"} {}                      | line 2: It is not valid JSON: something follows",
        "[1]                                         | line 2: It is not a JSON object",
        "{\"seed\": 1}                               | line 2: There is no prompt",
        "{\"prompt\": \"x\", \"colour\": \"red\"}    | line 2: There is no field colour",
        "{\"prompt\": \"x\", \"cfg_scale\": -1}      | line 2: cfg_scale is -1",
        "{\"prompt\": \"x\", \"output_format\": \"jpeg\"} | line 2: output_format is",
        "{\"prompt\": \"x\", \"output\": \"../a.png\"} | line 2: output is \"../a.png\"",
        "{\"prompt\": \"x\", \"output\": \"ONE.png\"} | line 2: output ONE.png is the name of",
        "{\"prompt\": \"x\", \"output\": \"a.png\", \"n\": 2} | line 2: n is 2",
        "{\"prompt\": \"x\", \"full_steps\": 2}      | line 2: This model has no shortcut network",
        "{\"prompt\": \"x\", \"task\": \"inpaint\"}  | line 2: Only the task text_to_image",
      })
  void badLinesAreNamedBeforeAnythingIsMade(String line, String explanation) throws IOException {
    write("{\"prompt\": \"a red circle\", \"output\": \"one.png\"}", line, "", "{}");

    CommandRun run = generate("--timesteps", 1);

    refused(run, prompts.toString(), explanation);
    assertThat(run.out()).isEmpty();
    assertThat(folder).doesNotExist();
    if (!line.startsWith("[") && !explanation.contains("JSON")) {
      assertThat(run.err()).contains("(1 more cannot be done either: line 4.)");
    }
  }

  @Test
  void whatIsAboutOnePictureIsRefused() throws IOException {
    write("{\"prompt\": \"a red circle\"}");
    refused(generate("a prompt"), "PROMPT is about one picture");
    refused(generate("--like", "x.png"), "--like is about one picture");
    refused(generate("--preview", "x.png"), "--preview is about one picture");
    refused(CommandRun.of("generate", "--prompts", "" + prompts), "give -o FOLDER with --prompts");
    Files.createFile(folder);
    refused(generate(), "takes a folder");
    Files.delete(folder);
    write("", " ");
    refused(generate(), "There is no request in");
    Files.delete(prompts);
    refused(generate(), "There is no file");
  }

  private static void refused(CommandRun run, String... parts) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(parts);
  }
}
