package ai.dimoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Canvas;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.records.CodebookFingerprint;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.data.Preparation;
import ai.dimoo.train.data.PreparedData;
import ai.dimoo.train.data.RecordFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareRecordsTest {

  private final SparkSession spark = LocalSpark.open();

  private static byte[] picture(int width, int height, int rgb) {
    Canvas canvas = new Canvas(new Size(width, height), 0xffffff);
    canvas.draw(Picture.filled(new Size(20, 20), rgb), 10, 12);
    return ImageFiles.encodePng(canvas.toPicture(), Map.of());
  }

  @Test
  void trainingReadsWhatItReadsOfDimooPrepare(@TempDir Path folder) throws Exception {
    byte[] red = picture(100, 64, 0xff0000);
    byte[] blue = picture(64, 64, 0x0000ff);
    Files.write(folder.resolve("red.png"), red);
    Files.write(folder.resolve("blue.png"), blue);
    Path lines = folder.resolve("data.jsonl");
    Files.write(
        lines,
        List.of(
            "{\"user_prompt\": \"a square\", \"answer_image\": \"red.png\"}",
            "{\"user_prompt\": \"blue\", \"user_image\": \"red.png\", \"answer_image\":"
                + " \"blue.png\", \"task\": \"edit_add\"}",
            "{\"user_prompt\": \"what?\", \"user_image\": [\"red.png\", \"blue.png\"],"
                + " \"answer_text\": \"squares\"}"));
    Dataset<Row> records =
        LocalSpark.frame(
            spark,
            "id INT, user_prompt STRING, user_image ARRAY<BINARY>, answer_image BINARY, task STRING,"
                + " answer_text STRING",
            new Object[] {3, "what?", new byte[][] {red, blue}, null, null, "squares"},
            new Object[] {1, "a square", null, red, null, null},
            new Object[] {4, "neither", null, null, null, null},
            new Object[] {2, "blue", new byte[][] {red}, blue, "edit_add", null});

    Dataset<Row> prepared = PrepareRecords.with(LocalSpark.MODEL).apply(records).cache();
    RecordFolder shards = new RecordFolder(folder.resolve("spark").toString());

    assertThat(prepared.where("id = 4").first().<String>getAs("error")).contains("answer_image");
    assertThat(shards.write(prepared)).isEqualTo(3);
    try (Checkpoint checkpoint = Checkpoint.open(LocalSpark.MODEL.path());
        EngineThread engine = new EngineThread("prepare", 1)) {
      Path expected = folder.resolve("expected");
      engine.call(() -> {
        try (Preparation preparation =
            new Preparation(checkpoint, RecordFiles.read(lines), expected, 128, TorchDevice.CPU)) {
          return preparation.run(0, 1, done -> {}, () -> false);
        }
      });
      String codebook = CodebookFingerprint.of(checkpoint);
      assertThat(PreparedData.read(List.of(Path.of(shards.folder())), codebook).fingerprint())
          .isEqualTo(PreparedData.read(List.of(expected), codebook).fingerprint());
    }
    assertThatThrownBy(() -> shards.write(prepared)).isInstanceOf(UserException.class);
  }
}
