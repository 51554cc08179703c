package ai.dimoo.prompt;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.file.NativeFolder;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// Text to tokens and back, by a checkpoint's `tokenizer.json` (Hugging Face format). Adds no begin
/// or end token and cuts nothing off. Works offline.
///
/// There are two ways to read a text. [#encodeMarkup] knows the added tokens: in it `</user>` is
/// one token, for templates. [#encodeText] is for what people type: in it no added token exists, so
/// that nobody can end the user's part of a prompt, or put image or mask tokens into it, by typing
/// their names.
///
/// Thread-safe. Whoever opens it closes it; closing waits for calls under way, later calls throw
/// IllegalStateException.
public final class TextTokenizer implements AutoCloseable {

  /// Bytes of the unpacked library.
  private static final long LIBRARY = 15_000_000;

  /// Names the folder in which the library is unpacked.
  private static final String CACHE = "DJL_CACHE_DIR";

  static {
    // Where it finds a GPU the library would fetch a CUDA build of itself from the internet when it
    // is loaded. It splits text: the processor does that, and this works offline.
    unlessSet("RUST_FLAVOR", "cpu");
    // On machines of Amazon's cloud it would report to its makers which machine it runs on.
    unlessSet("OPT_OUT_TRACKING", "true");
    unlessSet(CACHE, NativeFolder.path().resolve("djl").toString());
  }

  private static void unlessSet(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  // No begin or end token, no padding, no truncation: the layouts add what they need themselves.
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");

  private final Path file;
  private final Map<String, Integer> addedTokens;
  private final HuggingFaceTokenizer markup;
  private final HuggingFaceTokenizer text;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private TextTokenizer(
      Path file,
      Map<String, Integer> addedTokens,
      HuggingFaceTokenizer markup,
      HuggingFaceTokenizer text) {
    this.file = file;
    this.addedTokens = addedTokens;
    this.markup = markup;
    this.text = text;
  }

  /// Opens a `tokenizer.json`.
  ///
  /// @param path the file, or the folder that holds it under that name
  /// @throws UserException if it is missing or is not a tokenizer
  public static TextTokenizer open(Path path) {
    Path file = path.endsWith(TokenizerFile.NAME) ? path : path.resolve(TokenizerFile.NAME);
    TokenizerFile json = TokenizerFile.read(file);
    Map<String, Integer> added = json.addedTokens();
    try {
      HuggingFaceTokenizer markup = HuggingFaceTokenizer.newInstance(file, OPTIONS);
      return new TextTokenizer(file, added, markup, withoutAddedTokens(json, markup));
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read " + file + ": " + firstLine(e), e);
    } catch (EngineException | LinkageError e) {
      throw notLoaded(e);
    } catch (RuntimeException e) {
      throw new UserException(
          "%s is not a tokenizer that can be used (%s); download it again."
              .formatted(file, firstLine(e)),
          e);
    }
  }

  private static EnvironmentException notLoaded(Throwable e) {
    String variable = System.getenv(CACHE);
    Path folder = Path.of(variable == null ? System.getProperty(CACHE) : variable);
    String fault = NativeFolder.fault(folder, LIBRARY);
    String option = variable == null ? "-D" + NativeFolder.OPTION + "=DIR" : CACHE;
    return new EnvironmentException(
        "The tokenizer's library cannot be loaded from %s: %s. Name another folder with %s."
            .formatted(
                folder, fault == null ? firstLine(e).replaceFirst("\\.$", "") : fault, option),
        e);
  }

  private static HuggingFaceTokenizer withoutAddedTokens(
      TokenizerFile json, HuggingFaceTokenizer markup) throws IOException {
    try {
      InputStream plain = new ByteArrayInputStream(json.withoutAddedTokens());
      return HuggingFaceTokenizer.newInstance(plain, OPTIONS);
    } catch (IOException | RuntimeException e) {
      markup.close();
      throw e;
    }
  }

  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  /// Tokens of a template: names of added tokens in it become those tokens.
  public int[] encodeMarkup(String markup) {
    return ids(this.markup, markup);
  }

  /// Tokens of what a person typed: names of added tokens in it are only text.
  public int[] encodeText(String text) {
    return ids(this.text, text);
  }

  private int[] ids(HuggingFaceTokenizer tokenizer, String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    checkCharacters(text);
    long[] ids = whileOpen(() -> tokenizer.encode(text, false, false).getIds());
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  // A lone half of a surrogate pair is no character and has no UTF-8 form for the native library.
  private static void checkCharacters(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        throw new UserException(
            "The text has half a character at position %d (U+%04X without its other half); type it"
                    .formatted(i, character)
                + " again.");
      }
    }
  }

  /// Text of tokens. Ids that the tokenizer does not know, such as image codes, give nothing.
  ///
  /// @param skipSpecial leave out tokens marked special, such as `</answer>`
  public String decode(int[] tokens, boolean skipSpecial) {
    long[] ids = Arrays.stream(tokens).asLongStream().toArray();
    return whileOpen(() -> markup.decode(ids, skipSpecial));
  }

  /// Ids of the added tokens by their text.
  public Map<String, Integer> addedTokens() {
    return addedTokens;
  }

  /// The file that was opened.
  public Path file() {
    return file;
  }

  // The native library must not be used while or after its memory is freed.
  private <T> T whileOpen(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer " + file + " is closed");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        markup.close();
        text.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
