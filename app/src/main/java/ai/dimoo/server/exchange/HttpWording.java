package ai.dimoo.server.exchange;

import ai.dimoo.error.Remedy;
import ai.dimoo.error.Wording;

/// Speaks of the fields of a request to those who send it, who cannot change the server.
public final class HttpWording implements Wording {

  /// There is but one.
  public static final HttpWording INSTANCE = new HttpWording();

  private HttpWording() {}

  @Override
  public String field(String name) {
    return name;
  }

  @Override
  public String remedy(Remedy remedy) {
    return switch (remedy) {
      case Remedy.GiveAnother(String name) -> "send another " + name;
      case Remedy.Give(String name, String value) -> "send " + value + " as " + name;
      case Remedy.LeaveOut(String name) -> "leave " + name + " out";
      case Remedy.Download _ -> "ask whoever runs this server";
      case Remedy.Plain(String words) -> words;
    };
  }
}
