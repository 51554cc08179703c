package ai.dimoo.hub;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the Hugging Face hub and its cache are, as the environment variables of Hugging Face's own
/// libraries say. Immutable.
///
/// @param endpoint the hub's address without a slash at the end: `HF_ENDPOINT`, else
///   https://huggingface.co
/// @param cache the folder of all cached repositories: `HF_HUB_CACHE`, else `HF_HOME/hub`, else
///   ~/.cache/huggingface/hub
/// @param token the access token: `HF_TOKEN`, else the file that `hf auth login` writes, else null
/// @param offline whether the network must not be used: `HF_HUB_OFFLINE` is 1, true, yes or on
/// @param proxies `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` in either case, as they are: they are
///   read when a download begins, because who only looks into the cache needs none. Without them it
///   is as Java is set
public record HubSettings(
    URI endpoint,
    Path cache,
    @Nullable String token,
    boolean offline,
    Map<String, String> proxies) {

  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
  private static final Set<String> YES = Set.of("1", "true", "yes", "on");
  private static final Set<String> PROXIES = Set.of("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY");
  private static final int LONGEST_TOKEN = 4096;

  /// Reads the settings from environment variables.
  ///
  /// @param environment usually `System.getenv()`
  /// @throws UserException if a variable's value cannot be used
  public static HubSettings fromEnvironment(Map<String, String> environment) {
    Path huggingFace = homeOf(environment);
    String cache = firstOf(environment, "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE");
    return new HubSettings(
        endpoint(environment),
        cache == null ? huggingFace.resolve("hub") : expand(cache, environment),
        token(environment, huggingFace),
        isYes(environment, "HF_HUB_OFFLINE"),
        proxies(environment));
  }

  private static Map<String, String> proxies(Map<String, String> environment) {
    Map<String, String> proxies = new HashMap<>(environment);
    proxies.keySet().removeIf(name -> !PROXIES.contains(name.toUpperCase(Locale.ROOT)));
    return Map.copyOf(proxies);
  }

  private static URI endpoint(Map<String, String> environment) {
    String given = firstOf(environment, "HF_ENDPOINT");
    String text = given == null ? DEFAULT_ENDPOINT : given;
    try {
      URI uri = new URI(text.replaceAll("/+$", ""));
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // reported below, like any other text that is no address
    }
    throw new UserException(
        "HF_ENDPOINT is '"
            + Shown.text(text)
            + "', expected an address such as "
            + DEFAULT_ENDPOINT
            + ".");
  }

  private static Path homeOf(Map<String, String> environment) {
    String home = firstOf(environment, "HF_HOME");
    if (home != null) {
      return expand(home, environment);
    }
    String caches = firstOf(environment, "XDG_CACHE_HOME");
    return expand(caches == null ? "~/.cache" : caches, environment).resolve("huggingface");
  }

  private static @Nullable String token(Map<String, String> environment, Path huggingFace) {
    String token = firstOf(environment, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");
    String source = "HF_TOKEN";
    if (token == null && !isYes(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      String file = firstOf(environment, "HF_TOKEN_PATH");
      Path path = file == null ? huggingFace.resolve("token") : expand(file, environment);
      token = readToken(path);
      source = path.toString();
    }
    if (token != null && !token.matches("[\\x21-\\x7e]+")) {
      throw new UserException(
          "The token in " + source + " has characters that no token has. Set it again.");
    }
    return token;
  }

  private static @Nullable String readToken(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_TOKEN) {
        return null;
      }
      String text = Files.readString(file).strip();
      return text.isEmpty() ? null : text;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the token in " + file + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  private static @Nullable String firstOf(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  private static boolean isYes(Map<String, String> environment, String name) {
    String value = firstOf(environment, name);
    return value != null && YES.contains(value.toLowerCase(Locale.ROOT));
  }

  private static Path expand(String path, Map<String, String> environment) {
    if (path.equals("~") || path.startsWith("~/")) {
      String home = firstOf(environment, "HOME");
      Path base = Path.of(home == null ? System.getProperty("user.home") : home);
      return base.resolve(path.length() < 2 ? "" : path.substring(2));
    }
    return Path.of(path).toAbsolutePath();
  }

  /// Shows neither the token nor the proxies, which may hold passwords.
  @Override
  public String toString() {
    return "HubSettings[endpoint="
        + endpoint
        + ", cache="
        + cache
        + ", token="
        + (token == null ? "none" : "set")
        + ", offline="
        + offline
        + "]";
  }
}
