package ai.dimoo.hub;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests to the hub and to wherever it redirects. The access token goes to the hub's own scheme,
/// host and port only. Close it when the download ends.
final class HubHttp implements AutoCloseable {

  private static final int MOST_REDIRECTS = 8;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /// Lists the ways of giving a password that Java does not use on the way to https; left to itself
  /// it counts the usual one among them. Read once, when the first client is made.
  private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

  private final HubSettings settings;
  private final HubRepository repository;
  private final Duration timeout;
  private final @Nullable HubProxies proxies;
  private final HttpClient client;

  HubHttp(HubSettings settings, HubRepository repository, Duration timeout) {
    this.settings = settings;
    this.repository = repository;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout);
    this.proxies = HubProxies.of(settings.proxies());
    if (proxies != null) {
      if (proxies.haveCredentials() && System.getProperty(TUNNELING) == null) {
        System.setProperty(TUNNELING, "");
      }
      builder.proxy(proxies);
    }
    this.client = builder.build();
  }

  /// A status that may go away by itself. The body is closed.
  static final class TemporaryRefusal extends IOException {
    TemporaryRefusal(int status) {
      super("the server answers " + status);
    }
  }

  /// Asks for a file's headers. A redirect that already carries the file's own headers (the hub's
  /// way to send clients to its storage) is not followed.
  HttpResponse<InputStream> head(URI uri) throws IOException {
    return send("HEAD", uri, null);
  }

  /// Asks for a body, from byte `from` on if that is above 0. The caller closes the body.
  HttpResponse<InputStream> get(URI uri, long from) throws IOException {
    return send("GET", uri, from > 0 ? "bytes=" + from + "-" : null);
  }

  private HttpResponse<InputStream> send(String method, URI first, @Nullable String range)
      throws IOException {
    URI uri = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = exchange(request(method, uri, range));
      int status = response.statusCode();
      String location = response.headers().firstValue("location").orElse(null);
      boolean described =
          method.equals("HEAD")
              && REDIRECTS.contains(status)
              && response.headers().firstValue("x-linked-etag").isPresent();
      if (status == 200 || status == 206 || status == 416 || described) {
        return response;
      }
      InputStream body = response.body();
      if (body != null) { // a proxy that refuses the way to https sends none
        body.close();
      }
      if (!REDIRECTS.contains(status) || location == null) {
        throw refusal(response, uri);
      }
      uri = redirected(uri, location);
    }
    throw new EnvironmentException(first + " redirects without end. Check HF_ENDPOINT.");
  }

  private HttpRequest request(String method, URI uri, @Nullable String range) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(timeout)
            .header("User-Agent", "dimoo-java")
            .header("Accept-Encoding", "identity");
    if (range != null) {
      request.header("Range", range);
    }
    if (settings.token() != null && isHub(uri)) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    String proxyAuthorization = proxies == null ? null : proxies.authorization(uri);
    if (proxyAuthorization != null) {
      request.header("Proxy-Authorization", proxyAuthorization);
    }
    return request.build();
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static EnvironmentException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EnvironmentException(
        "The download was interrupted. Run it again: it goes on where it stopped.", e);
  }

  private boolean isHub(URI uri) {
    URI hub = settings.endpoint();
    return hub.getScheme().equalsIgnoreCase(uri.getScheme())
        && hub.getHost().equalsIgnoreCase(uri.getHost())
        && port(hub) == port(uri);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static URI redirected(URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new EnvironmentException(
          from + " redirects to '" + Shown.text(location) + "', which is no address.", e);
    }
    boolean web =
        "http".equalsIgnoreCase(to.getScheme()) || "https".equalsIgnoreCase(to.getScheme());
    boolean weaker =
        "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
    if (!web || weaker || to.getHost() == null) {
      throw new EnvironmentException(
          from + " redirects to '" + Shown.text(location) + "', which is not followed: not https.");
    }
    return to;
  }

  /// What a status that is neither success nor redirect means for the user.
  private IOException refusal(HttpResponse<?> response, URI uri) {
    int status = response.statusCode();
    if (status == 408 || status == 429 || status >= 500) {
      return new TemporaryRefusal(status);
    }
    if (status == 407) {
      throw new UserException(
          "The proxy asks for a name and a password (407): HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT"
              + " gives them.");
    }
    String page = settings.endpoint() + "/" + repository.id();
    String code = response.headers().firstValue("x-error-code").orElse("");
    String token = settings.token() == null ? "no token is set" : "with your token";
    String message =
        switch (status) {
          case 401, 403 -> {
            boolean gated = code.equals("GatedRepo") || status == 403;
            yield (gated
                    ? page + " is gated and refuses access (" + status + ", " + token + ")."
                    : page + " is private or does not exist (401, " + token + ").")
                + (gated ? " Accept its licence on that page and" : " Check the name and")
                + " set HF_TOKEN to a valid token from "
                + settings.endpoint()
                + "/settings/tokens.";
          }
          case 404 -> notFound(page, code, uri);
          default -> uri + " answers " + status + ", expected 200. Check the name, or HF_ENDPOINT.";
        };
    Fault fault = Fault.of(message);
    throw new UserException(
        code.equals("RevisionNotFound")
            ? fault.in("revision").mend(Remedy.giveAnother("revision"))
            : fault);
  }

  private String notFound(String page, String code, URI uri) {
    return switch (code) {
      case "RevisionNotFound" -> "No revision '" + repository.revision() + "' in " + page + ".";
      case "EntryNotFound" -> uri + " does not exist (404), though the repository lists it.";
      default ->
          "No repository "
              + page
              + " with revision '"
              + repository.revision()
              + "' (404). Check the name; a private one needs HF_TOKEN.";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
