package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.error.Wording;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.openai.OpenApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every field of the table of settings is in the front ends of this module. (The recipe, and the
/// modules for LangChain4j and Spring AI, have tests of their own.)
class EverySettingTest {

  private final CommandLine commands =
      Main.commandLine(
          new Terminal(
              new PrintWriter(System.out), new PrintWriter(System.err), new StopSignal(), false));
  private final JsonNode schemas =
      JsonMapper.shared().readTree(new OpenApi().text()).at("/components/schemas");

  @ParameterizedTest
  @CsvSource({
    "generate, PICTURE",
    "inpaint, PICTURE",
    "outpaint, PICTURE",
    "retouch, PICTURE",
    "edit, EDIT",
    "ask, ANSWER",
    "evaluate, PICTURE"
  })
  void hasAnOption(String command, SamplingKind kind) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      String name = "--" + field.name().replace('_', '-');
      OptionSpec option = commands.getSubcommands().get(command).getCommandSpec().findOption(name);
      assertThat(option).as("%s %s", command, name).isNotNull();
      if (!(command.equals("evaluate") && field == SamplingTable.SEED)) {
        assertThat(option.description())
            .containsExactly(
                "%s (default: %s).".formatted(field.words(kind).help(), field.words(kind).usual()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GenerationRequest, PICTURE",
    "EditRequest, EDIT",
    "EditForm, EDIT",
    "ChatRequest, ANSWER",
    "ChatRequest, EDIT",
    "PictureMade, EDIT",
    "AnswerMade, ANSWER"
  })
  void isDescribedInJson(String schema, SamplingKind kind) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      if (schema.endsWith("Made") && !field.isInSettings() && field != SamplingTable.CACHE) {
        continue; // a word of the request
      }
      boolean ofCache = SamplingTable.OF_CACHE.contains(field);
      JsonNode properties = schemas.path(schema).path("properties");
      JsonNode cache =
          schema.endsWith("Made")
              ? schemas.path("CacheUsed")
              : properties.path("cache").path("oneOf").path(1);
      assertThat((ofCache ? cache.path("properties") : properties).has(field.name()))
          .as("%s %s", schema, field)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"dimoo.image, EDIT", "dimoo.chat, ANSWER"})
  void isOnThePageOfTheIntegrations(String prefix, SamplingKind kind) throws IOException {
    String page = Files.readString(Path.of("../docs/integrations.md"));
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      assertThat(page).contains("`" + prefix + "." + field.name().replace('_', '-') + "`");
      if (!SamplingTable.OF_CACHE.contains(field)) {
        assertThat(page).contains("`" + Wording.LIBRARY.field(field.name()) + "`");
      }
    }
  }

  @Test
  void namesAreThoseOfJsonAndFilesAlike() {
    assertThat(SamplingTable.ALL)
        .allSatisfy(field -> assertThat(field.name()).matches("[a-z]+(_[a-z]+)*"));
    assertThat(SamplingTable.ALL.stream().map(SamplingField::name)).doesNotHaveDuplicates();
    assertThat(SamplingTable.ALL).containsAll(List.copyOf(SamplingTable.OF_CACHE));
  }
}
