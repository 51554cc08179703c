package ai.dimoo.server;

import ai.dimoo.error.Shown;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Looks at every request before it is handled: whether it may be sent at all, from where, by whom,
/// and how often; and whether its body can be one of ours. Thread-safe.
final class Gatekeeper {

  /// What has to do with the model.
  private static final Pattern API = Pattern.compile("/v1/.*|/mcp|/sdapi/.*");

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final String METRICS = "/metrics";
  private static final Duration WHILE_DRAINING = Duration.ofSeconds(5);

  private final Access access;
  private final Limits limits;
  private final CrossOrigin crossOrigin;
  private final RateLimit rate;
  private final boolean checkHost;
  private final HeapRoom bodies = HeapRoom.forBodies();
  private final BooleanSupplier draining;

  /// @param draining whether the server is being stopped
  Gatekeeper(ServerOptions options, BooleanSupplier draining) {
    this.access = options.access();
    this.limits = options.limits();
    this.draining = draining;
    crossOrigin = new CrossOrigin(access.origins());
    rate = new RateLimit(limits.requestsPerMinute());
    checkHost = access.keys().isEmpty() && !access.open();
  }

  /// Whether a path has to do with the model.
  static boolean isApi(String path) {
    return API.matcher(path).matches();
  }

  /// @throws Refusal if the request may not pass
  void check(Context context) {
    if (draining.getAsBoolean()) {
      context.header("Connection", "close");
    }
    checkUri(context);
    if (checkHost) {
      checkHost(context);
    }
    crossOrigin.answer(context);
    boolean api = isApi(context.path());
    if (CrossOrigin.isPreflight(context)) {
      checkOrigin(context);
      CrossOrigin.answerPreflight(context);
      context.skipRemainingHandlers();
    } else if (api) {
      checkOrigin(context);
      checkKey(context);
      checkRate(context);
      checkDraining();
      checkBody(context);
      if (context.req().getMethod().equals("POST")) {
        admitBody(context);
      }
      context.header("Cache-Control", "no-store");
    } else if (context.path().equals(METRICS)) {
      checkMetrics(context);
    }
  }

  private void checkUri(Context context) {
    String query = context.queryString();
    int length = context.req().getRequestURI().length() + (query == null ? 0 : 1 + query.length());
    if (length > limits.uriBytes()) {
      throw Refusal.of(
          414,
          "uri_too_long",
          "The path and query have %d characters; at most %d are taken."
              .formatted(length, limits.uriBytes()));
    }
  }

  /// A page can give its own name the address 127.0.0.1 and then be of the same origin as this
  /// server. It cannot help sending that name.
  private void checkHost(Context context) {
    String header = context.header("Host");
    if (header == null) {
      return; // no browser
    }
    String host = header.replaceFirst(":[0-9]*$", "");
    if (!isOwnName(host) && !crossOrigin.names(host)) {
      throw Refusal.of(
          403,
          "foreign_host",
          "This server was started for this machine alone, and the request names another host. If"
              + " that is meant, start it with --api-keys, or with --cors-origin of that host.");
    }
  }

  private static boolean isOwnName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  }

  private void checkOrigin(Context context) {
    if (crossOrigin.isForeign(context)) {
      throw Refusal.of(
          403,
          "foreign_origin",
          "Scripts of other servers' pages may not ask here; start the server with --cors-origin to"
              + " let those of one page.");
    }
  }

  private void checkKey(Context context) {
    if (access.keys().isEmpty()) {
      return;
    }
    String key = key(context);
    String name = key == null ? null : access.keys().nameOf(key);
    if (name == null) {
      checkRate(context); // of the address: trying keys is limited too
      context.header("WWW-Authenticate", "Bearer");
      throw Refusal.of(
          401,
          "invalid_api_key",
          key == null
              ? "There is no API key: send the header Authorization: Bearer KEY."
              : "The API key is not one of this server's.");
    }
    RequestRecord.of(context).client(name);
  }

  /// As a bearer's, or as the password of any user: what AUTOMATIC1111's clients send.
  private static @Nullable String key(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        byte[] login = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
        return new String(login, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", "");
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private void checkRate(Context context) {
    Duration wait = rate.take(RequestRecord.of(context).client());
    if (!wait.isZero()) {
      throw Refusal.later(
          429,
          "rate_limit_exceeded",
          "More than %d requests a minute; try again later.".formatted(limits.requestsPerMinute()),
          wait);
    }
  }

  private void checkDraining() {
    if (draining.getAsBoolean()) {
      throw Refusal.later(
          503, "stopping", "The server is being stopped; try again soon.", WHILE_DRAINING);
    }
  }

  private void checkBody(Context context) {
    if (context.req().getContentLengthLong() > limits.bodyBytes()) {
      throw Refusal.of(
          413,
          "body_too_large",
          "The body has %d bytes; at most %d are taken."
              .formatted(context.req().getContentLengthLong(), limits.bodyBytes()));
    }
    String encoding = context.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Refusal.of(
          415, "unsupported_encoding", "Content-Encoding is not taken: send the body as it is.");
    }
    String type = context.contentType();
    if (context.req().getMethod().equals("POST") && type != null && !isTaken(type)) {
      throw Refusal.of(
          415,
          "unsupported_media_type",
          "Content-Type is %s, which is not taken: send application/json or multipart/form-data."
              .formatted(Shown.text(type)));
    }
  }

  /// Takes the room for the body until the answer is sent, and ends the connection of a body that
  /// is not there when the time of the request is over.
  private void admitBody(Context context) {
    long length = context.req().getContentLengthLong();
    HeapRoom.Held held =
        bodies.hold(length < 0 ? Math.min(limits.bodyBytes(), bodies.most()) : length);
    Request request = ServletContextRequest.getServletContextRequest(context.req());
    RequestRecord record = RequestRecord.of(context);
    Scheduler.Task late =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> endIfUnread(request, record), limits.requestTime());
    Request.addCompletionListener(
        request,
        failure -> {
          late.cancel();
          held.close();
        });
  }

  /// What has been read has a job, whose time is limited by the queue, or was refused.
  private static void endIfUnread(Request request, RequestRecord record) {
    if (record.job() == null && record.refusal() == null) {
      record.refuse(Refusal.late());
      request
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close(new TimeoutException("the body did not come in time"));
    }
  }

  private static boolean isTaken(String type) {
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return plain.equals("application/json") || plain.equals("multipart/form-data");
  }

  /// From this machine itself, unless a proxy passes on what others ask; or with a key.
  private void checkMetrics(Context context) {
    boolean local =
        Access.isLoopback(context.req().getRemoteAddr())
            && context.header("X-Forwarded-For") == null
            && context.header("Forwarded") == null;
    if (local) {
      return;
    }
    if (access.keys().isEmpty()) {
      throw Refusal.of(403, "metrics_closed", "Without API keys, only this machine sees metrics.");
    }
    checkKey(context);
  }
}
