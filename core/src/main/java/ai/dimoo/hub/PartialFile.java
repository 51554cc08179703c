package ai.dimoo.hub;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A download under way: `<blob>.dimoo.incomplete`, what an earlier run left included, and the hash
/// of what has come so far. Not thread-safe.
final class PartialFile implements AutoCloseable {

  private static final int BUFFER = 1 << 20;
  private static final int SHA256_DIGITS = 64;

  private final HubFile file;
  private final Path path;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long size;

  private PartialFile(HubFile file, Path path, FileChannel channel) {
    this.file = file;
    this.path = path;
    this.channel = channel;
    this.digest = digestFor(file.etag());
  }

  /// Where it is. Hugging Face's own libraries write to `<blob>.incomplete` and know nothing of our
  /// lock, so that a file of both would be a mixture.
  static Path of(Path blob) {
    return blob.resolveSibling(blob.getFileName() + ".dimoo.incomplete");
  }

  /// Opens what is there of `file` for `blob`, or begins it.
  ///
  /// @throws EnvironmentException if it cannot be read or written
  static PartialFile open(HubFile file, Path blob) {
    Path path = of(blob);
    try {
      Files.createDirectories(path.getParent());
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      PartialFile partial = new PartialFile(file, path, channel);
      partial.digestWhatIsThere();
      return partial;
    } catch (IOException e) {
      throw fault(path, e);
    }
  }

  private void digestWhatIsThere() throws IOException {
    restartDigest();
    if (channel.size() > file.size()) {
      channel.truncate(0);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      size += buffer.limit();
      buffer.clear();
    }
  }

  private void restartDigest() {
    digest.reset();
    if (file.etag().length() != SHA256_DIGITS) {
      // What git hashes of a blob: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
      digest.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static MessageDigest digestFor(String etag) {
    try {
      return MessageDigest.getInstance(etag.length() == SHA256_DIGITS ? "SHA-256" : "SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has both
    }
  }

  /// Bytes that are there.
  long size() {
    return size;
  }

  boolean isFull() {
    return size == file.size();
  }

  /// Adds bytes at the end; those beyond the file's size are left out.
  void append(byte[] bytes, int count) {
    int fitting = (int) Math.min(count, file.size() - size);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, fitting);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw fault(path, e);
    }
    digest.update(bytes, 0, fitting);
    size += fitting;
  }

  /// Forgets everything that has come.
  void restart() {
    try {
      channel.truncate(0);
      channel.position(0);
    } catch (IOException e) {
      throw fault(path, e);
    }
    size = 0;
    restartDigest();
  }

  /// The hash of the full file; ends the computation.
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Gives the full, checked file its final name.
  void publish(Path blob) {
    try {
      channel.force(true);
      channel.close();
      AtomicFile.move(path, blob);
    } catch (IOException e) {
      throw fault(blob, e);
    }
  }

  private static EnvironmentException fault(Path path, IOException e) {
    return new EnvironmentException(
        "Cannot write "
            + path
            + ": "
            + FileFaults.reason(e)
            + ". The download goes on from there when it is run again.",
        e);
  }

  /// Closes the file; what has come stays for the next run.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw fault(path, e);
    }
  }
}
