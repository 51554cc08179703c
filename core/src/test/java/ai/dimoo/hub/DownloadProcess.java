package ai.dimoo.hub;

/// A process of its own that downloads, so that a test can kill it.
final class DownloadProcess {

  private DownloadProcess() {}

  public static void main(String[] args) {
    HubDownload.of(HubServer.REPO, HubSettings.fromEnvironment(System.getenv())).run();
  }
}
