package ai.dimoo.train.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  @TempDir Path folder;

  @Test
  void aPlaceThatCannotBeWrittenIsNamedOnceWithTheReason() throws IOException {
    Path occupied = Files.writeString(folder.resolve("events"), "a file in place of the folder");

    for (Path place : List.of(occupied, occupied.resolve("run"))) {
      assertThatThrownBy(() -> new EventFile(place).close())
          .isInstanceOf(EnvironmentException.class)
          .hasMessageMatching("Cannot write \\Q" + place + "\\E\\S+\\.dimoo: [^/]+\\.");
    }
  }
}
