package ai.dimoo.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

  @TempDir Path home;

  @Test
  void withoutVariablesTheyAreThoseOfHuggingFacesOwnLibraries() {
    HubSettings settings = HubSettings.fromEnvironment(Map.of("HOME", home.toString()));

    assertThat(settings.endpoint()).hasToString("https://huggingface.co");
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings.token()).isNull();
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void theCacheFolderFollowsTheMostSpecificVariable() {
    Map<String, String> xdg = Map.of("HOME", home.toString(), "XDG_CACHE_HOME", "~/x");
    assertThat(HubSettings.fromEnvironment(xdg).cache())
        .isEqualTo(home.resolve("x/huggingface/hub"));
    Map<String, String> hf = Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", home.toString());
    assertThat(HubSettings.fromEnvironment(hf).cache()).isEqualTo(home.resolve("hub"));
    Map<String, String> hub = Map.of("HF_HOME", "/x", "HF_HUB_CACHE", home.resolve("c").toString());
    assertThat(HubSettings.fromEnvironment(hub).cache()).isEqualTo(home.resolve("c"));
  }

  @Test
  void theTokenComesFromTheVariableElseFromTheFileAndIsNeverShown() throws IOException {
    Files.writeString(home.resolve("token"), " hf_file\n");
    Map<String, String> file = Map.of("HF_HOME", home.toString());
    assertThat(HubSettings.fromEnvironment(file).token()).isEqualTo("hf_file");

    Map<String, String> variable = Map.of("HF_HOME", home.toString(), "HF_TOKEN", "hf_variable");
    HubSettings settings = HubSettings.fromEnvironment(variable);
    assertThat(settings.token()).isEqualTo("hf_variable");
    assertThat(settings.toString()).doesNotContain("hf_variable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"huggingface.co", "ftp://h", "https://", "https://a b", "https://h?x=1"})
  void anEndpointThatIsNoAddressIsRefused(String endpoint) {
    assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", endpoint)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_ENDPOINT is '" + endpoint);
  }

  @Test
  void aTokenThatWouldBreakTheRequestIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_TOKEN", "hf_a\r\nX-Evil: 1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_TOKEN")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hf_a"));
  }
}
