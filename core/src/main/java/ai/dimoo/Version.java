package ai.dimoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The versions of this library and of LibTorch, from the build: asking loads nothing of LibTorch.
public final class Version {

  private static final Properties BUILD = read();

  private Version() {}

  /// The version of this library, for example `0.1.0`.
  public static String dimoo() {
    return BUILD.getProperty("dimoo");
  }

  /// The version of LibTorch and of its Java binding, for example `2.13.0-1.5.14`.
  public static String libTorch() {
    return BUILD.getProperty("libtorch");
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
