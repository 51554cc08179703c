package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.error.UserException;
import ai.dimoo.sequence.SpecialTokens;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {

  @TempDir Path folder;

  @Test
  void markupHasAddedTokensAndTextHasNot() throws Exception {
    int codeOffset = ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    SpecialTokens special = SpecialTokenReader.of(folder, codeOffset + 32, 32);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      int[] markup = tokenizer.encodeMarkup("hat</answer>");
      assertThat(markup).hasSize(2).endsWith(special.endAnswer());
      assertThat(tokenizer.decode(markup, true)).isEqualTo("hat");
      assertThat(tokenizer.decode(markup, false)).isEqualTo("hat</answer>");
      for (String name : ByteTokenizer.SPECIAL) {
        assertThat(tokenizer.encodeMarkup(name)).hasSize(1);
        int[] text = tokenizer.encodeText(name);
        assertThat(text).hasSizeGreaterThan(1);
        assertThat(IntStream.of(text)).allMatch(id -> id < special.eos());
        assertThat(tokenizer.decode(text, true)).isEqualTo(name);
      }
    }
  }

  @Test
  void theNativeLibraryIsTheOneThatNeedsNoDownload() throws Exception {
    assumeTrue(System.getenv("RUST_FLAVOR") == null, "another flavour is asked for");
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    TextTokenizer.open(folder).close();

    assertThat(System.getProperty("RUST_FLAVOR")).isEqualTo("cpu");
  }

  /// A program that opens a tokenizer, and names on standard output every URL that it asks.
  static final class Opening {
    public static void main(String[] arguments) {
      URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Naming() : null);
      TextTokenizer.open(Path.of(arguments[0])).close();
    }
  }

  private static final class Naming extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      System.out.println(url);
      throw new IOException("there is no network");
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }

  /// The library behind it would ask for the machine's identity in Amazon's cloud, and report it.
  @Test
  void openingOneSendsNothing() throws Exception {
    assumeTrue(System.getenv("OPT_OUT_TRACKING") == null, "the environment says how it is to be");
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String asked = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(asked).isEmpty();
  }

  @Test
  void tokensWithoutTextDecodeToNothing() throws Exception {
    int codeOffset = ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder.resolve("tokenizer.json"))) {
      int[] hat = tokenizer.encodeText("hat");
      assertThat(tokenizer.decode(new int[] {hat[0], codeOffset + 3}, true)).isEqualTo("hat");
      assertThat(tokenizer.decode(new int[0], true)).isEmpty();
    }
  }

  @Test
  void brokenFilesAreRefusedInOneLine() throws Exception {
    Path file = folder.resolve("tokenizer.json");
    assertThatThrownBy(() -> TextTokenizer.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + " is missing");
    for (String text :
        List.of(
            "",
            "not json",
            "[1]",
            "{}",
            "{\"model\": {\"type\": \"Nothing\"}}",
            "{\"added_tokens\": [{\"id\": \"x\", \"content\": \"y\"}]}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> TextTokenizer.open(folder))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void halfACharacterIsRefused() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      assertThatThrownBy(() -> tokenizer.encodeText("hat \uD83D at"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("position 4");
    }
  }

  @Test
  void nothingIsAskedOfAClosedTokenizer() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    TextTokenizer tokenizer = TextTokenizer.open(folder);
    tokenizer.close();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encodeText("hat")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tokenizer.decode(new int[] {1}, true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void manyThreadsGetTheSameTokens() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> task = () -> tokenizer.encodeText("a hat and that cat").length;
      int expected = task.call();
      List<Future<Integer>> lengths = threads.invokeAll(Collections.nCopies(200, task));
      for (Future<Integer> length : lengths) {
        assertThat(length.get()).isEqualTo(expected);
      }
    }
  }
}
