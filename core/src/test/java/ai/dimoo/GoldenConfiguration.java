package ai.dimoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The configuration of the golden checkpoint, for tests that change a copy of it.
final class GoldenConfiguration {

  static final Path FOLDER = Path.of("src/test/resources/golden/checkpoint");

  private GoldenConfiguration() {}

  static void copyTo(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("vqvae"));
    for (String file : new String[] {"config.json", "vqvae/config.json"}) {
      Files.copy(FOLDER.resolve(file), folder.resolve(file));
    }
  }
}
