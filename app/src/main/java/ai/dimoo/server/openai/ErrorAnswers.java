package ai.dimoo.server.openai;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.job.JobEndedException;
import ai.dimoo.server.job.JobRefusedException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Failures as OpenAI's error objects.
public final class ErrorAnswers {

  private static final Duration SOON = Duration.ofSeconds(2);

  private ErrorAnswers() {}

  /// What a client is told of a failure. A bug or a failure of the machine is not described: it
  /// could name files.
  public static Refusal refusal(Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> refusal;
      case UserException user -> Refusal.of(user, null);
      case JobRefusedException refused ->
          switch (refused.reason()) {
            case STOPPING ->
                Refusal.later(
                    503, "stopping", "The server is being stopped; try again soon.", SOON);
            case FULL ->
                Refusal.later(
                    429,
                    "queue_full",
                    "Too many requests are waiting; try again later.",
                    refused.retryAfter());
            case SHARE ->
                Refusal.later(
                    429,
                    "client_queue_full",
                    "As many of your requests are waiting as may of one client's: send the next"
                        + " when one has been answered.",
                    refused.retryAfter());
          };
      case JobEndedException ended ->
          switch (ended.reason()) {
            case TIME_LIMIT ->
                Refusal.of(
                    504,
                    "time_limit",
                    "It took longer than a request may take: ask for fewer steps or a smaller"
                        + " picture, or try again when there is less to do.");
            case STOPPING ->
                Refusal.later(
                    503, "stopping", "The server is being stopped; try again soon.", SOON);
            case ABANDONED -> Refusal.of(499, "abandoned", "The client closed the connection.");
          };
      case CancellationException _ ->
          Refusal.later(503, "cancelled", "The request was cancelled; try again.", SOON);
      case EnvironmentException _ -> machine();
      case OutOfMemoryError _ -> machine();
      case IllegalStateException e when e.getCause() instanceof OutOfMemoryError -> machine();
      default -> Refusal.of(500, "internal_error", "A bug in the server; its log has the details.");
    };
  }

  /// Whether the server or its machine is to blame, so that its log should have the details.
  public static boolean isOurs(Throwable failure) {
    return switch (refusal(failure).code()) {
      case "internal_error", "engine_failed" -> true;
      default -> false;
    };
  }

  /// The same, to be thrown; what is not described to clients keeps its cause for the log.
  static RuntimeException failure(Throwable cause) {
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private static Refusal machine() {
    return Refusal.later(
        503,
        "engine_failed",
        "The engine could not compute this, perhaps for want of memory: ask for less at once, or"
            + " try again later.",
        Duration.ofSeconds(10));
  }

  /// `{"error": {"message", "type", "param", "code"}}`
  public static ObjectNode body(Refusal refusal) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", refusal.getMessage())
        .put("type", type(refusal.status()))
        .put("param", refusal.field())
        .put("code", refusal.code());
    return body;
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
