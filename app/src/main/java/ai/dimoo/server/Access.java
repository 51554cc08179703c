package ai.dimoo.server;

import ai.dimoo.error.UserException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Who may ask. Immutable.
///
/// @param keys those that clients must show; none: whoever reaches the server may ask
/// @param open whether the server may listen at other addresses than this machine's own without
///   keys
/// @param origins pages of other servers whose scripts may ask: `https://example.com`, without
///   path, or `*` for all
public record Access(ApiKeys keys, boolean open, List<String> origins) {

  /// Programs on this machine and the server's own page.
  public static final Access LOCAL = new Access(ApiKeys.NONE, false, List.of());

  /// Whoever reaches the server, with any of its names.
  public static final Access OPEN = new Access(ApiKeys.NONE, true, List.of());

  /// @throws UserException if keys are given and not wanted, or an origin is not one
  public Access {
    if (open && !keys.isEmpty()) {
      throw new UserException("There are API keys, but --no-auth asks for none: leave one out.");
    }
    origins = origins.stream().map(Access::origin).toList();
  }

  /// Those with a key.
  public static Access of(ApiKeys keys) {
    return new Access(keys, false, List.of());
  }

  /// Scripts of these pages too.
  public Access withOrigins(List<String> others) {
    return new Access(keys, open, others);
  }

  private static String origin(String text) {
    if (text.equals("*")) {
      return text;
    }
    try {
      URI uri = new URI(text.strip().toLowerCase(Locale.ROOT));
      if (uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawUserInfo() == null) {
        return uri.toString();
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new UserException(
        "The origin is %s; give scheme and host without a path, such as https://example.com."
            .formatted(text));
  }

  /// @throws UserException if the server must not listen there
  public void check(String host) {
    if (keys.isEmpty() && !open && !isLoopback(host)) {
      throw new UserException(
          "The address %s can be reached from other machines, and there are no API keys: give"
                  .formatted(host)
              + " --api-keys FILE or set DIMOO_API_KEYS, or say --no-auth if anybody may use it.");
    }
  }

  /// Whether only this machine can reach the address.
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening there fails with a better message
    }
  }
}
