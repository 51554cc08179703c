package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchLadderTest {

  @TempDir Path folder;

  private static CommandRun bench(String... options) {
    List<String> arguments = new ArrayList<>(List.of("bench", "--repeats=1"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void everyWayToSampleIsALineAndALaterRunIsComparedWithIt() throws IOException {
    Path file = folder.resolve("ladder.json");
    CommandRun run =
        bench("--shape=tiny", "--ladder", "--steps=4", "--dtype=float32", "--json=" + file);

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
    List<String> names = new ArrayList<>();
    for (JsonNode line : json.path("ladder")) {
      names.add(line.path("name").asString());
      double step = line.path("seconds_step").asDouble();
      assertThat(step).isPositive();
      assertThat(line.path("seconds_picture").asDouble() / step).isCloseTo(64, within(1e-6));
      assertThat(line.path("ratio_to_first").asDouble()).isPositive();
    }
    assertThat(names)
        .containsSubsequence(
            "reference's passes and logits",
            "exact, float32",
            "cache, float32",
            "balanced, float32",
            "fast, float32");
    for (String format : List.of("bfloat16", "int8+float32", "int4+float32")) {
      boolean tooSlow =
          json.path("notes").toString().contains("no picture is measured in " + format);
      assertThat(names.contains("exact, " + format)).as(format).isNotEqualTo(tooSlow);
    }
    assertThat(json.path("branches").asInt()).isEqualTo(2);
    assertThat(json.path("products").size()).isEqualTo(4 * 4);
    for (JsonNode product : json.path("products")) {
      assertThat(product.path("tflops").asDouble()).isPositive();
      assertThat(product.path("share_of_ceiling").asDouble()).isPositive().isLessThanOrEqualTo(1);
    }
    assertThat(json.path("ceiling_tflops").propertyNames())
        .containsExactly("bfloat16", "float32", "int4+float32", "int8+float32");
    assertThat(run.out()).contains("tiny (random weights): 1 of 4 layers (times extrapolated)");

    CommandRun again =
        bench("--shape=tiny", "--steps=4", "--layers=2", "--dtype=float32", "--baseline=" + file);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("of baseline")
        .contains("the baseline has another layers: 1, here 2");
    assertThat(again.out().lines().filter(line -> line.startsWith("fast, float32")))
        .singleElement()
        .asString()
        .matches(".* MB +\\d+\\.\\d{3}");
  }

  @Test
  void aModelIsMeasuredAsItSamples() {
    CommandRun run =
        bench("--model=../models/pocket", "--ladder", "--steps=2", "--dtype=float32", "--json=-");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode ladder = JsonMapper.shared().readTree(run.out()).path("ladder");
    assertThat(ladder.get(1).path("timesteps").asInt()).isEqualTo(64);
    Map<String, Integer> timesteps = new HashMap<>();
    ladder.forEach(
        line -> timesteps.put(line.path("name").asString(), line.path("timesteps").asInt()));
    assertThat(timesteps).containsEntry("balanced, float32", 24).containsEntry("fast, float32", 16);
  }

  @Test
  void whatCannotBeComparedIsOneLine() throws IOException {
    refused(bench("--shape=tiny", "--ladder", "--steps=1"), "expected at least 2 for the ladder");
    refused(bench("--baseline=" + folder.resolve("gone.json")), "There is no file");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"step\": 1}");
    refused(bench("--baseline=" + other), "other.json is not the JSON of a ladder");
    Path text = Files.writeString(folder.resolve("text.json"), "ladder");
    refused(bench("--baseline=" + text), "text.json is not the JSON of a ladder");
  }

  private static void refused(CommandRun run, String message) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err().strip().lines()).singleElement().asString().contains(message);
  }
}
