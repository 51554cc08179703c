package ai.dimoo.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `dimoo --version` prints. The numbers come from the build, so LibTorch is not loaded.
final class Version implements IVersionProvider {

  /// The version of this program, for example 0.1.0.
  static String dimoo() {
    return properties().getProperty("dimoo");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "dimoo "
          + dimoo()
          + " (LibTorch "
          + properties().getProperty("libtorch")
          + ", Java "
          + Runtime.version().feature()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
          + ")"
    };
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
