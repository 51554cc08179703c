package ai.dimoo.train.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorInfo;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCheckpointTest {

  private static final Path TOKENIZER = Path.of("../models/pocket/tokenizer.json");

  @TempDir Path folder;

  @Test
  void hasTheShapeInShards() throws IOException {
    Path made = folder.resolve("made");
    List<Long> written = new ArrayList<>();

    SyntheticCheckpoint.write(Shape.TINY, made, TOKENIZER, (bytes, total) -> written.add(bytes));

    try (Stream<Path> files = Files.list(made)) {
      assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
          .hasSizeBetween(5, 8);
    }
    try (Checkpoint checkpoint = Checkpoint.open(made)) {
      assertThat(TransformerConfig.of(checkpoint)).isEqualTo(Shape.TINY.config());
      assertThat(VqConfig.of(checkpoint.vqConfig())).isEqualTo(Shape.TINY.vq());
      assertThat(checkpoint.weights().names()).hasSize(4 * 9 + 3);
      assertThat(checkpoint.weights().names().stream().map(checkpoint.weights()::info))
          .allMatch(info -> info.dtype().name().equals("BF16"));
      TensorInfo head = checkpoint.weights().info("model.transformer.ff_out.weight");
      assertThat(head.shape()).containsExactly(384L, 32L);
    }
    assertThat(written).isSorted().startsWith(0L).hasSize(4 * 9 + 3);
  }

  @Test
  void aSmallVocabularyHasItsSpecialTokensBeforeTheCodes() throws IOException {
    SyntheticTokenizer.write(TOKENIZER, folder.resolve("tokenizer.json"), 320);

    SpecialTokens special = SpecialTokenReader.of(folder, 384, 64);

    assertThat(special.mask()).isBetween(307, 319);
    assertThat(special.hasPromptFrame()).isTrue();
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      assertThat(Arrays.stream(tokenizer.encodeText("a red cat")))
          .isNotEmpty()
          .allMatch(id -> id < 307);
    }
  }

  @Test
  void thePublishedVocabularyHasThePublishedIds() throws IOException {
    SyntheticTokenizer.write(TOKENIZER, folder.resolve("tokenizer.json"), 126356);

    try (TextTokenizer tokenizer = TextTokenizer.open(folder);
        TextTokenizer pocket = TextTokenizer.open(TOKENIZER)) {
      assertThat(tokenizer.encodeMarkup("<user><uncondition></user>"))
          .containsExactly(126334, 126351, 126335);
      assertThat(tokenizer.encodeText("a red cat")).containsExactly(pocket.encodeText("a red cat"));
    }
  }
}
