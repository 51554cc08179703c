package ai.dimoo.server;

import ai.dimoo.server.exchange.RequestRecord;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/// What every answer says to browsers and proxies, whoever wrote it.
final class AnswerHeaders {

  /// The page has scripts and styles of its own only, and pictures that it made.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FOR_BROWSERS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

  private AnswerHeaders() {}

  static void put(HttpFields.Mutable headers, RequestRecord record) {
    headers.put("x-request-id", record.id());
    FOR_BROWSERS.forEach(headers::put);
  }
}
