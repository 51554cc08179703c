package ai.dimoo.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.Task;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.records.RecordShard;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.tasks.CodedExamples;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDataTest {

  private static final String CODEBOOK = "book";
  private static final int STEPS = 300;
  private static final int BATCH = 4;

  @TempDir Path folder;

  private Path few;
  private Path many;

  @BeforeEach
  void write() throws Exception {
    TorchRuntime.load();
    few = written("few", 3, 1);
    many = written("many", 200, 2);
  }

  /// A folder of so many pictures of nothing but one code.
  private Path written(String name, int records, int code) throws Exception {
    CodeGrid picture = new CodeGrid(2, 2, new int[] {code, code, code, code});
    PreparedRecord record =
        new PreparedRecord(Task.TEXT_TO_IMAGE, "a circle", List.of(), picture, null);
    Path made = Files.createDirectories(folder.resolve(name));
    RecordShard.write(
        made.resolve("records-00000.safetensors"), Collections.nCopies(records, record), CODEBOOK);
    return made;
  }

  @Test
  void eachFolderHasTheSameShareHoweverManyRecordsItHolds() {
    PreparedData data = PreparedData.read(List.of(few, many), CODEBOOK);
    assertThat(data.records()).hasSize(203);

    BpeVocabulary vocabulary = new BpeTrainer(300).train(List.of("a circle"));
    vocabulary.write(folder);
    SpecialTokens special = SpecialTokenReader.of(folder, vocabulary.codeOffset() + 16, 16);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      ExampleSource source =
          data.examples(new CodedExamples(new PromptTokens(tokenizer, special, 100), 8), BATCH, 5);
      long ofFew =
          IntStream.range(0, STEPS)
              .mapToObj(step -> source.examples(step, Share.WHOLE))
              .flatMap(List::stream)
              .filter(example -> label(example) == vocabulary.codeOffset() + 1)
              .count();
      assertThat(ofFew / (double) (STEPS * BATCH)).isCloseTo(0.5, within(0.05));
    }
  }

  /// What is hidden of an example: one code.
  private static int label(TrainingExample example) {
    return Arrays.stream(example.labels()).max().orElseThrow();
  }

  @Test
  void theSameRecordsInOtherFoldersAreOtherData() {
    String both = PreparedData.read(List.of(few, many), CODEBOOK).fingerprint();
    String one = PreparedData.read(List.of(few), CODEBOOK).fingerprint();
    assertThat(one).matches("[0-9a-f]{16}");
    assertThat(both).startsWith(one + "+");
  }

  @Test
  void aFolderWithoutRecordsIsRefused() throws Exception {
    Path none = Files.createDirectories(folder.resolve("none"));
    assertThatThrownBy(() -> PreparedData.read(List.of(few, none), CODEBOOK))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(none + " holds no prepared records");
  }
}
