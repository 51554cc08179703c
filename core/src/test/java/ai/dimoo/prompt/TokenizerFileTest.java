package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(TokenizerFile.NAME);
  }

  @Test
  void aFileThatMayNotBeReadIsNamedOnceWithTheReason() throws IOException {
    Files.writeString(file, "{}");
    assumeFalse(
        !file.toFile().setReadable(false) || Files.isReadable(file),
        "this account may read every file");

    assertThatThrownBy(() -> TokenizerFile.read(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage("Cannot read " + file + ": permission denied.");
  }

  @Test
  void aFolderInPlaceOfTheFileIsNamedOnceWithTheReason() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(() -> TokenizerFile.read(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageMatching("Cannot read \\Q" + file + "\\E: [^/]+\\.");
    assertThatThrownBy(() -> TokenizerFile.readIfPresent(file))
        .isInstanceOf(EnvironmentException.class);
  }

  @Test
  void aMissingFileIsNoFaultOfTheMachine() {
    assertThatThrownBy(() -> TokenizerFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is missing");
  }
}
