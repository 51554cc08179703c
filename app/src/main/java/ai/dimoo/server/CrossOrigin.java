package ai.dimoo.server;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Scripts of web pages that ask from a browser. The server's own page may; pages of other servers
/// may if the server was told so. Programs send no `Origin` and are not concerned.
final class CrossOrigin {

  private static final String ALL = "*";

  private final List<String> origins;

  /// @param origins such as `https://example.com`; `*`: all
  CrossOrigin(List<String> origins) {
    this.origins = origins;
  }

  /// Whether the request comes from a page that may not ask.
  boolean isForeign(Context context) {
    String origin = context.header("Origin");
    return origin != null && !isOwn(context, origin) && !allows(origin);
  }

  private static boolean isOwn(Context context, String origin) {
    // scripts cannot set this header; behind a proxy it holds even if Host is the server's inner
    // name
    return "same-origin".equals(context.header("Sec-Fetch-Site"))
        || origin.replaceFirst("^https?://", "").equalsIgnoreCase(context.header("Host"));
  }

  private boolean allows(String origin) {
    return origins.contains(ALL) || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /// Whether some origin that may ask has this host name.
  boolean names(String host) {
    return origins.stream()
        .map(origin -> origin.replaceFirst("^[a-z]+://", "").replaceFirst(":[0-9]+$", ""))
        .anyMatch(host::equalsIgnoreCase);
  }

  /// Tells the browser that the page may read the answer, if so.
  void answer(Context context) {
    if (!origins.isEmpty()) {
      context.header("Vary", "Origin");
    }
    String origin = context.header("Origin");
    if (origin != null && allows(origin)) {
      context.header("Access-Control-Allow-Origin", origins.contains(ALL) ? ALL : origin);
      context.header("Access-Control-Expose-Headers", "x-request-id, Retry-After, Mcp-Session-Id");
    }
  }

  /// Whether a browser asks beforehand what a page may send.
  static boolean isPreflight(Context context) {
    return context.req().getMethod().equals("OPTIONS")
        && context.header("Origin") != null
        && context.header("Access-Control-Request-Method") != null;
  }

  /// Answers that.
  static void answerPreflight(Context context) {
    context.status(204);
    context.header("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    String wanted = context.header("Access-Control-Request-Headers");
    context.header(
        "Access-Control-Allow-Headers", isNames(wanted) ? wanted : "Authorization, Content-Type");
    context.header("Access-Control-Max-Age", "600");
  }

  private static boolean isNames(@Nullable String headers) {
    return headers != null && headers.matches("[A-Za-z0-9_, -]{1,500}");
  }
}
