package ai.dimoo.server;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.openai.ErrorAnswers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The answers to what Jetty refuses before any of our code sees it, such as a broken request line:
/// in the form of all our errors, instead of Jetty's pages.
final class RefusedMessages extends ErrorHandler {

  private final AccessLog log;

  RefusedMessages(AccessLog log) {
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RequestRecord record = RequestRecord.of(request);
    Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    int status = status(cause, response);
    if (status >= 500 && cause != null) {
      log.failure(record.id(), cause);
    }
    Refusal refusal = refusal(status);
    record.refuse(refusal);
    response.setStatus(status);
    AnswerHeaders.put(response.getHeaders(), record);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONNECTION, "close"); // who knows what follows
    if (request.getMethod() != null && request.getMethod().equals("HEAD")) {
      callback.succeeded();
      return true;
    }
    byte[] body = ErrorAnswers.body(refusal).toString().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  /// Headers that do not come to an end, in time or at all, are their sender's fault.
  private static int status(@Nullable Throwable failure, Response response) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpException http -> {
          return fault(http);
        }
        case TimeoutException _ -> {
          return HttpStatus.REQUEST_TIMEOUT_408;
        }
        case EofException _ -> {
          return HttpStatus.BAD_REQUEST_400;
        }
        default -> {}
      }
    }
    return response.getStatus() < 400 ? 500 : response.getStatus();
  }

  /// Jetty has 501 and 505 for what clients made up.
  private static int fault(HttpException refused) {
    return refused.getCode() == 501 || refused.getCode() == 505 ? 400 : refused.getCode();
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case 400 -> Refusal.of(400, "bad_request", "This is not a request in HTTP.");
      case 408 -> Refusal.of(408, "timeout", "The request did not come in time.");
      case 413 -> Refusal.of(413, "body_too_large", "The body is too large.");
      case 414 -> Refusal.of(414, "uri_too_long", "The path is too long.");
      case 431 -> Refusal.of(431, "headers_too_large", "The headers are too large.");
      default -> {
        String words = HttpStatus.getMessage(status);
        yield Refusal.of(status, "http_" + status, words + ".");
      }
    };
  }
}
