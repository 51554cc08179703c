package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

  private static final String POCKET = "../models/pocket";

  @Test
  void aModelAgreesWithItself(@TempDir Path folder) throws Exception {
    Path prompts = prompts(folder, "# two\n\na red circle\n  two green triangles\n");

    JsonNode json = json(POCKET + "@float32", POCKET + "@float32", prompts);

    // every code of both pictures is decided once
    assertThat(json.at("/decisions").asInt()).isEqualTo(2 * 64);
    assertThat(json.at("/decisions_different").asDouble(-1)).isZero();
    assertThat(json.at("/cosine").asDouble()).isGreaterThan(1 - 1e-12);
    assertThat(json.at("/cosine_least").asDouble()).isGreaterThan(1 - 1e-12);
    assertThat(json.at("/pictures_equal").asInt()).isEqualTo(2);
    assertThat(json.at("/codes_different").asDouble(-1)).isZero();
    assertThat(json.at("/psnr").isNull()).isTrue();
    assertThat(json.at("/timesteps").asInt()).isEqualTo(4);
    assertThat(json.at("/pictures/1/prompt").asString()).isEqualTo("two green triangles");
    assertThat(json.at("/pictures/1/seed").asInt()).isEqualTo(8);
  }

  @Test
  void fewerBitsDecideAlmostTheSame(@TempDir Path folder) throws Exception {
    Path prompts = prompts(folder, "a red circle\na blue square\n");
    String copy = folder.resolve("copy").toString();
    CommandRun made = CommandRun.of("quantize", POCKET, copy, "--weights", "int8");
    assertThat(made.status()).as(made.err()).isZero();

    JsonNode eight = json(POCKET + "@float32", POCKET + "@int8+float32", prompts);
    JsonNode stored = json(POCKET + "@float32", copy + "@float32", prompts);
    JsonNode four = json(POCKET + "@float32", POCKET + "@int4+float32", prompts);

    assertThat(eight.at("/second/dtype").asString()).isEqualTo("int8+float32");
    assertThat(eight.at("/cosine").asDouble()).isBetween(0.99, 1 - 1e-9);
    assertThat(eight.at("/decisions_different").asDouble()).isLessThan(0.2);
    for (String figure : new String[] {"/cosine", "/decisions_different", "/codes_different"}) {
      assertThat(stored.at(figure)).as(figure).isEqualTo(eight.at(figure));
    }
    assertThat(four.at("/cosine").asDouble()).isLessThan(eight.at("/cosine").asDouble());
    assertThat(four.at("/decisions_different").asDouble()).isBetween(1e-9, 0.6);
    assertThat(four.at("/psnr").asDouble()).isBetween(1.0, 60.0);
  }

  @Test
  void printsATableAndWritesJson(@TempDir Path folder) throws Exception {
    Path prompts = prompts(folder, "a red circle\n");
    Path file = folder.resolve("figures.json");

    CommandRun run =
        CommandRun.of(
            "compare",
            POCKET + "@float32",
            POCKET + "@float32",
            "--timesteps=4",
            "--prompts=" + prompts,
            "--json=" + file);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("first:  pocket, cpu, float32", "1 of 1", "0.000%", "1.000000", "equal");
    assertThat(JsonMapper.shared().readTree(Files.readString(file)).at("/decisions").asInt())
        .isEqualTo(64);
  }

  @Test
  void whatCannotBeComparedIsOneLine(@TempDir Path folder) throws Exception {
    refused(
        "behind the @ of %s@int3 is no number format".formatted(POCKET), POCKET + "@int3", POCKET);
    refused("No folder nowhere", "nowhere@int8", POCKET);
    refused("--seed", POCKET, POCKET, "--seed", "-1");
    String seed = "--seed is -1, expected 0 or more: this is repeated by its seed";
    refused(seed, POCKET, POCKET + ":timesteps=2", "--scores", "1", "--seed", "-1");
    refused("timesteps", POCKET, POCKET, "--timesteps", "0");
    refused("There is no file", POCKET, POCKET, "--prompts", folder.resolve("none").toString());
    Path empty = prompts(folder, "# nothing\n");
    refused("has no prompts", POCKET, POCKET, "--prompts", empty.toString());
    refused("nowhere", POCKET, POCKET, "--json", "nowhere/x.json");
  }

  private static Path prompts(Path folder, String text) throws Exception {
    return Files.writeString(folder.resolve("prompts.txt"), text);
  }

  private static JsonNode json(String first, String second, Path prompts) {
    CommandRun run =
        CommandRun.of(
            "compare",
            first,
            second,
            "--timesteps=4",
            "--seed=7",
            "--prompts=" + prompts,
            "--json=-");
    assertThat(run.status()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private static void refused(String message, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "compare";
    System.arraycopy(arguments, 0, all, 1, arguments.length);

    CommandRun run = CommandRun.of(all);

    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).last().asString().contains(message);
  }
}
