package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/// The process's standard output. Java's own forgets why it took no more, and a command whose
/// answer was lost would end as if all were well.
final class StandardOutput extends PrintStream {

  private static final String ENCODING = "stdout.encoding";

  private final Remembering stream;

  private StandardOutput(Remembering stream, Charset charset) {
    super(new BufferedOutputStream(stream), false, charset);
    this.stream = stream;
  }

  /// Puts it in the place of Java's own.
  static void install() {
    String encoding = System.getProperty(ENCODING);
    Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
    System.setOut(new StandardOutput(new Remembering(), charset));
  }

  /// Looks whether all that was written has been taken.
  ///
  /// @throws EnvironmentException if not; a reader that has gone wanted no more and is none of it
  static void requireTaken() {
    if (System.out.checkError() && !hasNoReader()) {
      throw notTaken();
    }
  }

  /// Looks whether a picture has been taken, which is of no use in part.
  ///
  /// @throws EnvironmentException if not
  static void requireWhole() {
    if (System.out.checkError()) {
      throw notTaken();
    }
  }

  private static EnvironmentException notTaken() {
    return hasNoReader()
        ? new EnvironmentException("Standard output takes no more: its reader has gone.")
        : new EnvironmentException(
            "Cannot write to standard output: %s. Write it somewhere else.".formatted(reason()));
  }

  private static boolean hasNoReader() {
    return reason().startsWith("Broken pipe") || reason().startsWith("The pipe"); // Windows
  }

  private static String reason() {
    IOException failure = System.out instanceof StandardOutput own ? own.stream.failure : null;
    return failure == null ? "it takes no more" : FileFaults.reason(failure);
  }

  /// Keeps the first failure.
  private static final class Remembering extends FileOutputStream {

    private volatile @Nullable IOException failure;

    Remembering() {
      super(FileDescriptor.out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        super.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
