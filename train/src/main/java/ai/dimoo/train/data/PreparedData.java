package ai.dimoo.train.data;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.records.RecordShard;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.tasks.CodedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Records of folders that [Preparation] wrote, in memory: some ten kilobytes for each picture of
/// the published model's size. Immutable.
public final class PreparedData {

  private final List<List<PreparedRecord>> folders;

  private PreparedData(List<List<PreparedRecord>> folders) {
    this.folders = List.copyOf(folders);
  }

  /// Reads all shards of folders.
  ///
  /// @param folders at least one
  /// @param codebook the fingerprint of the model's codebook
  /// @throws UserException if there are none in one of them, or their codes are another model's
  public static PreparedData read(List<Path> folders, String codebook) {
    return new PreparedData(folders.stream().map(folder -> records(folder, codebook)).toList());
  }

  private static List<PreparedRecord> records(Path folder, String codebook) {
    List<Path> shards;
    try (Stream<Path> list = Files.list(folder)) {
      shards =
          list.filter(file -> file.getFileName().toString().matches("records-\\d+\\.safetensors"))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the folder %s: %s.".formatted(folder, FileFaults.reason(e)), e);
    }
    List<PreparedRecord> records = new ArrayList<>();
    shards.forEach(shard -> records.addAll(RecordShard.read(shard, codebook)));
    if (records.isEmpty()) {
      throw new UserException(
          "%s holds no prepared records; make some with dimoo prepare.".formatted(folder));
    }
    return List.copyOf(records);
  }

  /// All records, folder by folder, shard by shard.
  public List<PreparedRecord> records() {
    return folders.stream().flatMap(List::stream).toList();
  }

  /// Tells these records from others, wherever they lie: 16 hexadecimal digits for each folder.
  public String fingerprint() {
    return folders.stream().map(RecordsFingerprint::of).collect(Collectors.joining("+"));
  }

  /// Batches of random records, of each folder equally many on average: each example depends on the
  /// seed, its step and its place in the batch alone.
  ///
  /// @throws UserException if an answer does not fit
  public ExampleSource examples(CodedExamples maker, int batch, long seed) {
    for (PreparedRecord record : records()) {
      if (record.answer() != null && !maker.fits(record.answer())) {
        throw new UserException(
            "The answer '%s' does not fit into %d tokens; give more with --answer-length."
                .formatted(record.answer(), maker.answerLength()));
      }
    }
    return (step, share) ->
        share
            .places(batch)
            .mapToObj(i -> {
              RandomGenerator random = IndexedRandom.at(seed, step * batch + i);
              return example(maker, pick(pick(folders, random), random), random);
            })
            .toList();
  }

  /// Of one there is nothing to draw.
  private static <T> T pick(List<T> some, RandomGenerator random) {
    return some.size() == 1 ? some.getFirst() : some.get(random.nextInt(some.size()));
  }

  /// Tokens of the longest example that [#examples] can give.
  public int longest(CodedExamples maker) {
    return records().stream().mapToInt(record -> length(maker, record)).max().orElseThrow();
  }

  private static int length(CodedExamples maker, PreparedRecord record) {
    return record.answer() != null
        ? maker.answerTokens(record.words(), record.pictures())
        : maker.pictureTokens(record.task(), record.words(), record.pictures(), record.target());
  }

  private static TrainingExample example(
      CodedExamples maker, PreparedRecord record, RandomGenerator random) {
    if (record.answer() != null) {
      return maker.answer(record.words(), record.pictures(), record.answer(), random);
    }
    return maker.picture(record.task(), record.words(), record.pictures(), record.target(), random);
  }
}
