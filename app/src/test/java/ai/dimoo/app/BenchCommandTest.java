package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

  private static final String GOLDEN = "../core/src/test/resources/golden/checkpoint";

  private static final String POCKET = "../models/pocket";

  private static final List<String> FIGURES =
      List.of(
          "/step/without_cache/seconds",
          "/step/without_cache/tokens_per_second",
          "/step/with_cache/seconds",
          "/step/with_cache/tokens_per_second",
          "/step/ratio",
          "/layer/seconds",
          "/layer/other_attention_seconds",
          "/layer/ratio",
          "/layer/cached_seconds",
          "/embedding_and_head/seconds",
          "/embedding_and_head/reference_seconds",
          "/embedding_and_head/ratio",
          "/embedding_and_head/cached_seconds",
          "/forward/seconds",
          "/forward/reference_seconds",
          "/forward/ratio",
          "/forward/cached_seconds");

  @Test
  void writesACheckpointOfAShapeThatIsInspectedQuantisedAndSampled(@TempDir Path folder) {
    String made = folder.resolve("made").toString();
    String few = folder.resolve("few").toString();
    String picture = folder.resolve("picture.png").toString();

    ran("bench", "--shape=tiny", "--write-checkpoint", made, "--model=../models/pocket");
    assertThat(ran("inspect", made)).contains("384");
    ran("quantize", made, few, "--weights=int8");
    for (String model : List.of(made, few)) {
      ran("generate", "a cat", "--model", model, "--timesteps=2", "-o", picture);
    }

    CommandRun again =
        CommandRun.of(
            "bench", "--shape=tiny", "--write-checkpoint", made, "--model=../models/pocket");
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("does not exist yet");
    CommandRun shapeless = CommandRun.of("bench", "--write-checkpoint", made + "2");
    assertThat(shapeless.status()).isEqualTo(2);
    assertThat(shapeless.err()).contains("--shape");
  }

  private static String ran(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void printsJsonOfAShape() {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--shape",
            "tiny",
            "--layers",
            "2",
            "--steps",
            "5",
            "--repeats",
            "2",
            "--dtype",
            "bfloat16",
            "--json",
            "-");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertPositive(json);
    assertThat(json.at("/layers").asInt()).isEqualTo(2);
    assertThat(json.at("/whole_layers").asInt()).isEqualTo(4);
    assertThat(json.at("/dtype").asString()).isEqualTo("bfloat16");
    assertThat(json.at("/attention").asString()).isIn("fused", "explicit");
    // 8 of the prompt, 4 rows of 4 codes and a newline, two tokens before them and two behind
    assertThat(json.at("/tokens").asInt()).isEqualTo(8 + 2 + 4 * 5 + 2);
    assertThat(json.at("/image_tokens").asInt()).isEqualTo(16);
    assertThat(json.at("/forward/extrapolated").asBoolean()).isTrue();
    double layer = json.at("/layer/seconds").asDouble();
    double head = json.at("/embedding_and_head/seconds").asDouble();
    assertThat(json.at("/forward/seconds").asDouble()).isEqualTo(4 * layer + head);
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(json.at("/step/without_cache/peak_memory_bytes").asLong()).isPositive();
    }
  }

  @Test
  void measuresACheckpointAndWritesJsonBesideTheTable(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bench.json");

    CommandRun run =
        CommandRun.of(
            "bench",
            "--model",
            GOLDEN,
            "--width",
            "64",
            "--height",
            "32",
            "--steps",
            "2",
            "--repeats",
            "1",
            "--dtype",
            "float32",
            "--json",
            file.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 of 3 layers", "without cache", "with cache", "head");
    JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
    assertPositive(json);
    assertThat(json.at("/image_tokens").asInt()).isEqualTo(4 * 2);
    assertThat(json.at("/vocabulary").asInt()).isEqualTo(384);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8", "int4"})
  void measuresWeightsInFewBits(String format, @TempDir Path folder) {
    String copy = folder.resolve("copy").toString();
    CommandRun made = CommandRun.of("quantize", POCKET, copy, "--weights", format);
    assertThat(made.status()).as(made.err()).isZero();

    for (List<String> subject :
        List.of(
            List.of("--shape", "tiny", "--dtype", format + "+float32"),
            List.of("--model", POCKET, "--dtype", format + "+float32"),
            List.of("--model", copy, "--dtype", "float32"))) {
      List<String> arguments = new ArrayList<>(List.of("bench", "--steps=1", "--repeats=1"));
      arguments.addAll(List.of("--json", "-"));
      arguments.addAll(subject);
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

      assertThat(run.status()).as(subject + run.err()).isZero();
      JsonNode json = JsonMapper.shared().readTree(run.out());
      assertPositive(json);
      assertThat(json.at("/dtype").asString()).isEqualTo(format + "+float32");
    }
    refused(
        "stored in " + format, "--model", copy, "--dtype", format.equals("int8") ? "int4" : "int8");
  }

  @Test
  void whatCannotBeMeasuredIsOneLine() {
    refused("--dtype is float16", "--dtype", "float16");
    refused("leave out --model, --lora", "--shape", "tiny", "--lora", "x");
    refused("There is no shape '9b'; choose 8b or tiny.", "--shape", "9b");
    refused("expected 1 to 32", "--shape", "8b", "--layers", "33");
    refused("--layers goes with --shape", "--layers", "2");
    refused("leave out --model", "--shape", "8b", "--model", GOLDEN);
    refused("The number of steps is 0", "--shape", "tiny", "--steps", "0");
    refused("The number of repeats is -1", "--shape", "tiny", "--repeats", "-1");
    refused("The width is 40, expected a multiple of 16", "--model", GOLDEN, "--width", "40");
    refused("choose one", "--shape", "tiny", "--ladder", "--adapter", "4");
    refused("choose one", "--shape", "tiny", "--adapter", "4", "--write-checkpoint", "x");
    refused("leave out --json", "--shape", "tiny", "--adapter", "4", "--json", "-");
    refused("--recompute with --adapter", "--shape", "tiny", "--recompute");
    refused("--adapter goes with --shape", "--adapter", "4");
    refused("expected a rank of 1 or more", "--shape", "tiny", "--adapter", "0");
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeMeasuring() {
    CommandRun run = CommandRun.of("bench", "--shape", "tiny", "--json", "nowhere/x.json");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains("nowhere");
  }

  private static void refused(String message, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "bench";
    System.arraycopy(options, 0, arguments, 1, options.length);

    CommandRun run = CommandRun.of(arguments);

    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).last().asString().contains(message);
  }

  private static void assertPositive(JsonNode json) {
    for (String figure : FIGURES) {
      assertThat(json.at(figure).asDouble(0)).as(figure).isPositive();
    }
  }
}
