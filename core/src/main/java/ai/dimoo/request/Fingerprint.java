package ai.dimoo.request;

import ai.dimoo.image.Picture;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The first 64 bits of a SHA-256, as 16 hexadecimal digits: tells apart, protects nothing.
public final class Fingerprint {

  private static final int BYTES = 8;

  private final MessageDigest digest;

  /// Of nothing yet.
  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// Of a picture's size and pixels, whatever file it came from.
  public static String of(Picture picture) {
    return new Fingerprint()
        .add(picture.width())
        .add(picture.height())
        .add(picture.toBytes())
        .hex();
  }

  /// Of a number more.
  public Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    return this;
  }

  /// Of these bytes more.
  public Fingerprint add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /// The digits.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
