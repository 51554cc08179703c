package ai.dimoo.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFilesTest {

  @TempDir Path folder;

  @Test
  void aFolderHasPicturesWithCaptionsBesideThem() throws Exception {
    for (String name : List.of("b.png", "a.JPG", "c.webp", "notes.md")) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.writeString(folder.resolve("a.txt"), "a cat\n");
    Files.writeString(folder.resolve("b.txt"), "a dog");

    RecordFiles files = RecordFiles.read(folder);
    assertThat(files.records()).extracting(RawRecord::words).containsExactly("a cat", "a dog");
    assertThat(files.records())
        .extracting(RawRecord::target)
        .containsExactly(folder.resolve("a.JPG"), folder.resolve("b.png"));
    assertThat(files.rejected())
        .extracting(Rejected::toString)
        .containsExactly("c.webp: no caption in c.txt beside it");
  }

  @Test
  void aCaptionThatCannotBeReadIsNamedAndTheOthersKept() throws Exception {
    for (String name : List.of("bom.png", "empty.png", "latin.png")) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.writeString(folder.resolve("bom.txt"), "\uFEFFa cat\r\n");
    Files.writeString(folder.resolve("empty.txt"), " \n");
    Files.writeString(folder.resolve("latin.txt"), "K\u00e4tzchen", StandardCharsets.ISO_8859_1);

    RecordFiles files = RecordFiles.read(folder);
    assertThat(files.records()).extracting(RawRecord::words).containsExactly("a cat");
    assertThat(files.rejected())
        .extracting(Rejected::toString)
        .containsExactly(
            "empty.png: the caption in empty.txt is empty",
            "latin.png: the caption in latin.txt is not text in UTF-8; save it as such");
  }

  @Test
  void aLineInAnotherEncodingIsRefusedByItself() throws Exception {
    Path file = folder.resolve("data.jsonl");
    byte[] lines =
        """
        \u00ef\u00bb\u00bf{"user_prompt": "a cat", "answer_image": "a.png"}
        {"user_prompt": "K\u00e4tzchen", "answer_image": "a.png"}
        {"user_prompt": "K\u00c3\u00a4tzchen", "answer_image": "a.png"}
        """
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, lines);
    RecordFiles files = RecordFiles.read(file);
    assertThat(files.records())
        .extracting(RawRecord::words)
        .containsExactly("a cat", "K\u00e4tzchen");
    assertThat(files.rejected())
        .extracting(Rejected::toString)
        .containsExactly("data.jsonl:2: not text in UTF-8; save the file as such");
  }

  @Test
  void linesBecomeRecordsOfEveryTask() throws Exception {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(
        file,
        """
        {"user_prompt": "a cat", "answer_image": "cat.png", "len": 1200}
        {"user_prompt": "what?", "user_image": ["a.png", "b.png"], "answer_text": "a cat"}

        {"user_prompt": "make it red", "user_image": "a.png", "answer_image": "b.png", "system_prompt": "Generate an image applying the following editing instruction based on the original image."}
        {"user_image": "a.png", "answer_image": "b.png", "task": "canny_dense"}
        {"user_prompt": "this, but blue", "user_image": "a.png", "answer_image": "/b.png"}
        """);
    RecordFiles files = RecordFiles.read(file);
    assertThat(files.rejected()).isEmpty();
    assertThat(files.records())
        .extracting(record -> record.task().family().name())
        .containsExactly("TEXT_TO_IMAGE", "UNDERSTANDING", "EDIT", "DENSE", "OTHER");
    assertThat(files.records().get(1).pictures())
        .containsExactly(folder.resolve("a.png"), folder.resolve("b.png"));
    assertThat(files.records().get(1).answer()).isEqualTo("a cat");
    assertThat(files.records().getLast().target()).isEqualTo(Path.of("/b.png"));
  }

  @Test
  void badLinesAreListedWithTheirReasonsAndTheOthersKept() throws Exception {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(
        file,
        """
        {"user_prompt": "a cat", "answer_image": "cat.png"}
        {"user_prompt": "a cat",
        [1]
        {"user_prompt": "a cat"}
        {"user_prompt": "a cat", "answer_image": "a.png", "answer_text": "b"}
        {"prompt": "a cat", "answer_image": "a.png"}
        {"user_prompt": 7, "answer_image": "a.png"}
        {"user_prompt": "x", "user_image": "a.png", "answer_image": "b.png", "task": "paint"}
        {"user_prompt": "x", "user_image": "a.png", "answer_image": "b.png", "task": "image_ref_transfer"}
        {"user_prompt": "x", "user_image": "a.png", "answer_image": "b.png", "system_prompt": "Draw."}
        {"user_prompt": "x", "user_image": {}, "answer_image": "b.png"}
        {"user_prompt": "x", "answer_image": "a\\u0000.png"}
        {"user_prompt": "x", "user_image": "", "answer_text": "b"}
        {"user_prompt": "x", "user_prompt": "y", "answer_image": "b.png"}
        {"user_prompt": " ", "answer_image": "b.png"}
        {"user_prompt": "x", "answer_image": "b.png"} {}
        """);
    RecordFiles files = RecordFiles.read(file);
    assertThat(files.records()).hasSize(1);
    assertThat(files.rejected()).extracting(Rejected::place).startsWith("data.jsonl:2").hasSize(15);
    String all = files.rejected().toString();
    assertThat(all)
        .contains("data.jsonl:2: not valid JSON: it ends too early (column 25)")
        .contains("data.jsonl:3: not a JSON object")
        .contains("data.jsonl:4: expected either answer_image or answer_text")
        .contains("data.jsonl:5: expected either answer_image or answer_text")
        .contains("data.jsonl:6: unknown field prompt; there are answer_image")
        .contains("data.jsonl:7: user_prompt is 7, expected a text")
        .contains("data.jsonl:8: task is \"paint\"")
        .contains(
            "data.jsonl:9: the task image_ref_transfer takes 2 pictures in user_image, found 1")
        .contains("data.jsonl:10: system_prompt is \"Draw.\"")
        .contains("data.jsonl:11: user_image is {}")
        .contains("data.jsonl:12: answer_image is \"a?.png\", expected the path of a picture")
        .contains("data.jsonl:13: user_image is \"\", expected the path of a picture")
        .contains("data.jsonl:14: not valid JSON: it has twice \"user_prompt\"")
        .contains("data.jsonl:15: user_prompt is empty, and the task text_to_image needs words")
        .contains("data.jsonl:16: not valid JSON: something follows its end")
        .doesNotContain("Source:", "Feature");
  }

  @Test
  void nothingToReadIsRefused() throws Exception {
    assertThatThrownBy(() -> RecordFiles.read(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected a file of JSON Lines, or a folder");
    assertThatThrownBy(() -> RecordFiles.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no record that can be used");
  }
}
