package ai.dimoo.train.data;

import ai.dimoo.records.PreparedRecord;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.sequence.CodeGrid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Tells prepared data apart, wherever they lie.
final class RecordsFingerprint {

  private RecordsFingerprint() {}

  /// Of everything that the records say, 16 hexadecimal digits.
  static String of(List<PreparedRecord> records) {
    Fingerprint fingerprint = new Fingerprint();
    for (PreparedRecord record : records) {
      String words = record.task().name() + "\n" + record.words() + "\n" + record.answer();
      fingerprint.add(words.getBytes(StandardCharsets.UTF_8));
      Stream.concat(record.pictures().stream(), Stream.ofNullable(record.target()))
          .forEach(codes -> add(fingerprint, codes));
    }
    return fingerprint.hex();
  }

  private static void add(Fingerprint fingerprint, CodeGrid codes) {
    fingerprint.add(codes.rows()).add(codes.columns());
    for (int code : codes.codes()) {
      fingerprint.add(code);
    }
  }
}
