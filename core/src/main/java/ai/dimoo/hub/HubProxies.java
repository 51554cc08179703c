package ai.dimoo.hub;

import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The proxies that environment variables name, as curl and Python read them: `HTTPS_PROXY`,
/// `HTTP_PROXY` and `NO_PROXY`, of which the name in lower case comes first. Immutable.
final class HubProxies extends ProxySelector {

  private static final int USUAL_PORT = 80;

  /// @param authorization what a `Proxy-Authorization` header says; null: nothing
  private record HttpProxy(InetSocketAddress address, @Nullable String authorization) {}

  private final @Nullable HttpProxy forHttp;
  private final @Nullable HttpProxy forHttps;
  private final List<String> direct;

  private HubProxies(
      @Nullable HttpProxy forHttp, @Nullable HttpProxy forHttps, List<String> direct) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.direct = direct;
  }

  /// @return null if no variable names a proxy
  /// @throws UserException if one names something else
  static @Nullable HubProxies of(Map<String, String> environment) {
    HttpProxy http = proxy("HTTP_PROXY", environment);
    HttpProxy https = proxy("HTTPS_PROXY", environment);
    if (http == null && https == null) {
      return null;
    }
    String[] hosts = value("NO_PROXY", environment).toLowerCase(Locale.ROOT).split("[,\\s]+");
    return new HubProxies(
        http, https, Arrays.stream(hosts).filter(host -> !host.isEmpty()).toList());
  }

  private static String value(String name, Map<String, String> environment) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return (lower.isBlank() ? environment.getOrDefault(name, "") : lower).strip();
  }

  private static @Nullable HttpProxy proxy(String name, Map<String, String> environment) {
    String value = value(name, environment);
    if (value.isEmpty()) {
      return null;
    }
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        return new HttpProxy(
            InetSocketAddress.createUnresolved(uri.getHost(), port), basic(uri.getRawUserInfo()));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // reported below, without a password
    }
    throw new UserException(
        name
            + " is '"
            + Shown.text(value.replaceFirst("^(\\w+://)?.*@", "$1…@"))
            + "', expected an address such as http://proxy.example:3128.");
  }

  private static @Nullable String basic(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    String plus = userInfo.replace("+", "%2B"); // which stands for a space in forms only
    byte[] plain = URLDecoder.decode(plus, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(plain);
  }

  /// Whether a proxy wants a name and a password.
  boolean haveCredentials() {
    return forHttp != null && forHttp.authorization != null
        || forHttps != null && forHttps.authorization != null;
  }

  /// The `Proxy-Authorization` header of requests to this address; null: none.
  @Nullable String authorization(URI uri) {
    HttpProxy proxy = proxyFor(uri);
    return proxy == null ? null : proxy.authorization;
  }

  @Override
  public List<Proxy> select(URI uri) {
    HttpProxy proxy = proxyFor(uri);
    return List.of(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy.address));
  }

  private @Nullable HttpProxy proxyFor(URI uri) {
    HttpProxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? forHttps : forHttp;
    return direct.stream().anyMatch(host -> isMeant(host, uri)) ? null : proxy;
  }

  /// Whether an entry of `NO_PROXY` means this address: a host, all hosts below a domain, `*`; a
  /// port may follow.
  private static boolean isMeant(String entry, URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String wanted = entry.replaceFirst("^\\*?\\.", "");
    if (uri.getPort() >= 0) {
      wanted = wanted.replaceFirst(":" + uri.getPort() + "$", "");
    }
    return wanted.equals("*") || host.equals(wanted) || host.endsWith("." + wanted);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // the request that fails says so
  }
}
