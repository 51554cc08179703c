package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFingerprintTest {

  private static final int MEGA = 1 << 20;
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path folder;
  private String before;

  @BeforeEach
  void writeModel() throws IOException {
    Files.createDirectories(folder.resolve("vqvae"));
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 1}");
    Files.writeString(folder.resolve("vqvae/config.json"), "{}");
    Files.write(folder.resolve(WEIGHTS), new byte[100]);
    Files.write(folder.resolve("vqvae/diffusion_pytorch_model.safetensors"), new byte[100]);
    before = ModelFingerprint.of(folder);
  }

  @Test
  void equalFilesHaveOneFingerprint() {
    assertThat(before).matches("[0-9a-f]{16}");
    assertThat(ModelFingerprint.of(folder)).isEqualTo(before);
  }

  @Test
  void anotherTokenizerOrConfigurationIsAnotherModel() throws IOException {
    Set<String> seen = new HashSet<>(Set.of(before));
    for (String name : new String[] {"tokenizer.json", "config.json", "vqvae/config.json"}) {
      Files.writeString(folder.resolve(name), "{\"model\": 2}");
      assertThat(seen.add(ModelFingerprint.of(folder))).as(name).isTrue();
    }
  }

  @Test
  void aSmallFileCountsWhole() throws IOException {
    int size = 3 * MEGA + 7;
    Files.write(folder.resolve(WEIGHTS), new byte[size]);
    Set<String> seen = new HashSet<>(Set.of(ModelFingerprint.of(folder)));
    for (int at : new int[] {0, MEGA - 1, MEGA, size / 2, 2 * MEGA, size - 1}) {
      change(at);
      assertThat(seen.add(ModelFingerprint.of(folder))).as("byte " + at).isTrue();
    }
  }

  @Test
  void aLargeFileIsSampledFromItsBeginningToItsEnd() throws IOException {
    long size = 64L * MEGA + 1;
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(WEIGHTS).toFile(), "rw")) {
      file.setLength(size); // a hole: it takes no room
    }
    Set<String> seen = new HashSet<>(Set.of(ModelFingerprint.of(folder)));
    long layer = size / 16;
    for (int i = 0; i < 16; i++) {
      for (long at = i * layer; at < (i + 1) * layer; at += MEGA / 2) {
        change(at); // weights of one layer
      }
      assertThat(seen.add(ModelFingerprint.of(folder))).as("layer " + i).isTrue();
    }
    change(size - 1);
    assertThat(seen.add(ModelFingerprint.of(folder))).isTrue();
  }

  private void change(long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(WEIGHTS).toFile(), "rw")) {
      file.seek(at);
      file.write(1);
    }
  }
}
