package ai.dimoo.train.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.parity.ParityResult;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityTest {

  private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");

  @BeforeAll
  static void oneThread() {
    TorchRuntime.setThreads(1);
  }

  @Test
  void everyRecordedCaseHoldsAndNothingIsLeftInNativeMemory() {
    long before = Pointer.totalCount();

    List<ParityResult> results = Parity.run(GOLDEN, result -> {});

    assertThat(results).filteredOn(result -> !result.ok()).isEmpty();
    assertThat(results)
        .extracting(ParityResult::name)
        .doesNotHaveDuplicates()
        .contains(
            "forward.hidden.3",
            "vq.indices",
            "rng_seed65513.rand_bf16",
            "t2i_sampled_cfg_mlcache",
            "i2i_nocfg",
            "mmu_random_remask",
            "prompts.canny_pred",
            "images.1920x1080->512",
            "images.resized_640x480_to256.png",
            "images.96x64 outpainting h=0.33 w=0.7",
            "training.row0.grad_recomputed",
            "training.adamw.after.model.transformer.ff_out.weight",
            "metrics.fid_first20_of_a_vs_b");
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }

  @Test
  void changedRecordingsFailEachUnderItsName(@TempDir Path folder) throws IOException {
    copy(GOLDEN, folder);
    replace(folder.resolve("cases.json"), "\"seed\": 34", "\"seed\": 35");
    replace(folder.resolve("prompts.json"), "prompt.</system><user>A", "prompts.</system><user>A");
    replace(folder.resolve("images/paint_masks.json"), "\"..##..\"", "\"..#...\"");
    replace(folder.resolve("metrics.json"), "18.7046", "18.7047");
    Files.copy(folder.resolve("vq.safetensors"), folder.resolve("novel.safetensors"));
    Files.delete(folder.resolve("i2i_greedy.safetensors"));

    List<ParityResult> results = Parity.run(folder, result -> {});

    assertThat(results)
        .filteredOn(result -> !result.ok())
        .extracting(ParityResult::name)
        .containsExactlyInAnyOrder(
            "mmu_sampled",
            "prompts.t2i",
            "images.96x64 inpainting h=0.5 w=0.5",
            "images.96x64 inpainting h=1 w=0.2",
            "metrics.fid_a_b",
            "novel.safetensors",
            "i2i_greedy");
    assertThat(results)
        .filteredOn(result -> result.name().equals("mmu_sampled"))
        .singleElement()
        .extracting(ParityResult::finding)
        .asString()
        .matches("before step \\d+ token \\d+ is \\d+, expected \\d+");
  }

  @Test
  void anotherFolderIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> Parity.run(folder, result -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No checkpoint in " + folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void replace(Path file, String old, String replacement) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, replacement));
  }
}
