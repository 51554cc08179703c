package ai.dimoo.app;

import picocli.CommandLine.IVersionProvider;

/// What `dimoo --version` prints. The numbers come from the build, so LibTorch is not loaded.
final class VersionLine implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "dimoo "
          + ai.dimoo.Version.dimoo()
          + " (LibTorch "
          + ai.dimoo.Version.libTorch()
          + ", Java "
          + Runtime.version().feature()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
          + ")"
    };
  }
}
