package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.Speed;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `dimoo compare --scores`, and how models are written there.
class CompareScoresTest {

  private static final String POCKET = "../models/pocket";

  @Test
  void bothAreAskedTheSameAndTheDifferenceHasAnInterval(@TempDir Path folder) throws Exception {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
    Path file = folder.resolve("figures.json");
    CommandRun run =
        CommandRun.of(
            "compare",
            POCKET + "@float32:timesteps=1",
            POCKET + "@float32:timesteps=2,cfg_scale=0",
            "--scores=3",
            "--suites=names",
            "--json=" + file);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("first:  pocket, cpu, float32, timesteps=1", "timesteps=2,cfg_scale=0")
        .contains("names: by anyone", "95% interval")
        .doesNotContain("asked at each step");
    JsonNode scores = JsonMapper.shared().readTree(Files.readString(file)).get("scores");
    assertThat(scores.at("/overall/pairs").asInt()).isEqualTo(3);
    assertThat(scores.at("/rows")).hasSize(3);
    assertThat(scores.at("/pictures").asInt()).isEqualTo(3);
    assertThat(scores.at("/overall/difference_low").asDouble())
        .isLessThan(scores.at("/overall/difference_high").asDouble());
    assertThat(scores.at("/second/settings").asString()).isEqualTo("timesteps=2,cfg_scale=0");
  }

  @Test
  void aModelMayHaveAFormatAndSettings() {
    ComparedModel model = ComparedModel.parse(POCKET + "@int8:fast,timesteps=16,cfg_scale=3");
    assertThat(model.folder()).isEqualTo(Path.of(POCKET));
    assertThat(model.format()).isEqualTo("int8");
    assertThat(model.sampling())
        .isEqualTo(
            Sampling.DEFAULT
                .withSpeed(Speed.FAST)
                .withTimesteps(16)
                .with(SamplingTable.CFG_SCALE, 3.0));
    assertThat(ComparedModel.parse(":balanced").sampling())
        .isEqualTo(Sampling.DEFAULT.withSpeed(Speed.BALANCED));
    assertThat(ComparedModel.parse("@bfloat16").sampling()).isEqualTo(Sampling.DEFAULT);
  }

  @Test
  void aFolderMayHaveAColonInItsName(@TempDir Path folder) throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a:b").resolve("model"));
    assertThat(ComparedModel.parse(odd.toString()).folder()).isEqualTo(odd);
    assertThat(ComparedModel.parse(odd + ":fast").folder()).isEqualTo(odd);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pocket:balancd      | balancd is no setting, expected exact, balanced, fast or settings",
        "pocket:steps=3      | steps is no setting",
        "pocket:seed=3       | seed is no setting",
        "pocket:timesteps=0  | timesteps",
        "pocket@int3:fast    | is no number format"
      })
  void whatIsNoSettingIsRefused(String text, String message) {
    assertThatThrownBy(() -> ComparedModel.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":fast | --seed=0                   | sampled differently",
        ":fast | --scores=0                 | scores",
        "''    | --suites=names             | --scores N too",
        ":fast | --scores=2 --suites=sweep  | cannot be paired",
        ":fast | --scores=2 --suites=nosuch | There is no suite"
      })
  void whatCannotBeScoredIsRefused(String settings, String options, String message) {
    String line = "compare " + POCKET + " " + POCKET + settings + " " + options;
    CommandRun run = CommandRun.of(line.split(" +"));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
