package ai.dimoo.train.data;

import ai.dimoo.RecordEncoder;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.records.RecordShard;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.torch.TorchDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns records into tokens: pictures are read, cropped as the reference crops them and encoded by
/// a model's VQ encoder, shard by shard. What is done stays: started again, it goes on with the
/// first shard that is missing.
///
/// Not thread-safe; call it from one platform thread. Close it when it is done.
public final class Preparation implements AutoCloseable {

  /// Records of a shard.
  static final int SHARD = 128;

  /// The published model's width of a picture.
  public static final int PUBLISHED_SIDE = 1024;

  private static final String SOURCE = "source.txt";

  /// Pictures of a sheet, at most, and how many stand beside each other.
  private static final int SHOWN = 16;

  private static final int COLUMNS = 4;
  private static final int GAP = 4; // pixels

  private final RecordFiles records;
  private final Path output;
  private final RecordEncoder encoder;

  /// @param checkpoint whose VQ model encodes; stays the caller's
  /// @param records what to encode
  /// @param output the folder of the shards, which need not exist
  /// @param side pictures that words alone ask for are cropped to about the area of its square
  /// @throws UserException if other data was prepared into this folder
  public Preparation(
      Checkpoint checkpoint, RecordFiles records, Path output, int side, TorchDevice device) {
    this.records = records;
    this.output = output;
    encoder = new RecordEncoder(checkpoint, side, device);
    begunWith(side);
  }

  private void begunWith(int side) {
    Fingerprint fingerprint = new Fingerprint();
    records
        .records()
        .forEach(record -> fingerprint.add(record.toString().getBytes(StandardCharsets.UTF_8)));
    String description =
        "%d records, %s, side %d, codebook %s\n"
            .formatted(records.records().size(), fingerprint.hex(), side, encoder.codebook());
    Path file = output.resolve(SOURCE);
    try {
      Files.createDirectories(output);
      if (Files.exists(file) && !Files.readString(file).equals(description)) {
        throw new UserException(
            "%s holds other data (%s), expected %s. Give another folder, or remove this one."
                .formatted(output, Files.readString(file).strip(), description.strip()));
      }
      AtomicFile.replace(file, AtomicFile.of(description.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use the folder %s: %s.".formatted(output, FileFaults.reason(e)), e);
    }
  }

  /// How many shards there are in all.
  public int shards() {
    return Math.ceilDiv(records.records().size(), SHARD);
  }

  /// How many records a part has, see [#run].
  public int records(int part, int parts) {
    int count = 0;
    for (int shard = part; shard < shards(); shard += parts) {
      count += Math.min(SHARD, records.records().size() - shard * SHARD);
    }
    return count;
  }

  /// How many records of a part that is done could not be used: their pictures could not be read.
  public int rejected(int part, int parts) {
    int count = 0;
    for (int shard = part; shard < shards(); shard += parts) {
      Path file = rejectedFile(shard);
      try {
        count += Files.exists(file) ? Files.readAllLines(file).size() : 0;
      } catch (IOException e) {
        throw new EnvironmentException(
            "Cannot read %s: %s.".formatted(file, FileFaults.reason(e)), e);
      }
    }
    return count;
  }

  /// Encodes the shards that are missing, and writes a sheet of what became of the part's first
  /// pictures.
  ///
  /// @param part of `parts` workers, from 0: this one takes each `parts`-th shard
  /// @param progress told of each record that is done or need not be
  /// @param stopped asked after each record
  /// @return whether all of the part is done
  public boolean run(int part, int parts, IntConsumer progress, BooleanSupplier stopped) {
    int done = 0;
    for (int shard = part; shard < shards(); shard += parts) {
      List<RawRecord> some =
          records
              .records()
              .subList(shard * SHARD, Math.min(records.records().size(), (shard + 1) * SHARD));
      if (!Files.exists(file(shard))) {
        List<PreparedRecord> prepared = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
          if (stopped.getAsBoolean()) {
            return false;
          }
          try {
            prepared.add(prepare(some.get(i)));
          } catch (UserException e) {
            rejected.add(new Rejected(some.get(i).place(), e.getMessage()));
          }
          progress.accept(done + i + 1);
        }
        writeRejected(shard, rejected); // before the shard, which says that all is done
        RecordShard.write(file(shard), prepared, encoder.codebook());
      }
      if (shard == part) {
        writeSheet(shard);
      }
      done += some.size();
      progress.accept(done);
    }
    return true;
  }

  private Path file(int shard) {
    return output.resolve("records-%05d.safetensors".formatted(shard));
  }

  private Path rejectedFile(int shard) {
    return output.resolve("rejected-%05d.txt".formatted(shard));
  }

  /// The first pictures of a shard as its codes have them.
  private void writeSheet(int shard) {
    Path file = output.resolve("sheet-%05d.png".formatted(shard));
    if (Files.exists(file)) {
      return;
    }
    List<Picture> shown =
        RecordShard.read(file(shard), encoder.codebook()).stream()
            .flatMap(one -> Stream.concat(one.pictures().stream(), Stream.ofNullable(one.target())))
            .limit(SHOWN)
            .map(encoder::decode)
            .toList();
    if (!shown.isEmpty()) {
      ImageFiles.writePng(file, ContactSheet.of(shown, COLUMNS, GAP, 1), Map.of());
    }
  }

  private void writeRejected(int shard, List<Rejected> rejected) {
    Path file = rejectedFile(shard);
    if (!rejected.isEmpty()) {
      String lines = rejected.stream().map(r -> r + "\n").collect(Collectors.joining());
      AtomicFile.write(file, AtomicFile.of(lines.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /// @throws UserException if a picture cannot be read
  private PreparedRecord prepare(RawRecord record) {
    return encoder.encode(
        record.task(),
        record.words(),
        record.pictures().stream().map(ImageFiles::read).toList(),
        record.target() == null ? null : ImageFiles.read(record.target()),
        record.answer());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
