package ai.dimoo.server;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.openai.ErrorAnswers;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;

/// The answers to requests that failed.
final class Failures {

  private final AccessLog log;

  Failures(AccessLog log) {
    this.log = log;
  }

  /// Answers with an error, and logs what the server is to blame for.
  void answer(Exception failure, Context context) {
    RequestRecord record = RequestRecord.of(context);
    // whoever was still reading when time was up sees the connection end, in one way or another
    boolean late = Refusal.late().code().equals(record.refusal());
    Refusal refusal = late ? Refusal.late() : refusal(failure);
    record.refuse(refusal);
    boolean ofJob = record.job() != null && record.job().failure() != null; // logged by then
    if (refusal.status() >= 500 && !(failure instanceof Refusal) && !ofJob) {
      log.failure(record.id(), failure);
    }
    if (context.res().isCommitted()) {
      return; // a stream whose client has gone
    }
    if (failure instanceof HttpResponseException http && refusal.status() == 405) {
      context.header("Allow", http.getDetails().getOrDefault("availableMethods", "GET, POST"));
    }
    Duration retry = refusal.retryAfter();
    if (retry != null) {
      context.header("Retry-After", Long.toString(Math.ceilDiv(retry.toMillis(), 1000)));
    }
    context
        .status(refusal.status())
        .contentType("application/json")
        .result(ErrorAnswers.body(refusal).toString());
  }

  /// Answers after an `Error` of Java's.
  void answer(Error error, HttpServletResponse response) {
    log.failure(String.valueOf(response.getHeader("x-request-id")), error);
    Refusal refusal = ErrorAnswers.refusal(error);
    if (!response.isCommitted()) {
      response.setStatus(refusal.status());
      response.setContentType("application/json");
      try {
        response
            .getOutputStream()
            .write(ErrorAnswers.body(refusal).toString().getBytes(StandardCharsets.UTF_8));
      } catch (IOException | IllegalStateException e) {
        // the client gets the status alone
      }
    }
  }

  private static Refusal refusal(Exception failure) {
    if (failure instanceof HttpResponseException http) {
      return refusal(http.getStatus());
    }
    if (isTooLargeForm(failure)) {
      return refusal(413);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http && http.getCode() < 500) {
        return refusal(http.getCode());
      }
      if (cause instanceof TimeoutException) {
        return refusal(408);
      }
      if (cause instanceof EofException) {
        return Refusal.of(400, "body_incomplete", "The body ended before it was complete.");
      }
    }
    return ErrorAnswers.refusal(failure);
  }

  /// Jetty says 400 of a form that is larger than its limits, and has the reason at the bottom.
  private static boolean isTooLargeForm(Throwable failure) {
    Throwable bottom = failure;
    while (bottom.getCause() != null) {
      bottom = bottom.getCause();
    }
    return bottom instanceof IllegalStateException
        && String.valueOf(bottom.getMessage()).startsWith("max length exceeded");
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case 400 ->
          Refusal.of(400, "bad_request", "The body is not what the headers say that it is.");
      case 404 -> Refusal.of(404, "not_found", "There is nothing at this path; see /openapi.json.");
      case 405 -> Refusal.of(405, "method_not_allowed", "This path does not take this method.");
      case 408 -> Refusal.late();
      case 413 -> Refusal.of(413, "body_too_large", "The body is too large.");
      default -> Refusal.of(status, "http_" + status, "HTTP status " + status + ".");
    };
  }
}
