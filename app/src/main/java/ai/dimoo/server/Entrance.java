package ai.dimoo.server;

import ai.dimoo.server.exchange.RequestRecord;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Where requests come in: begins the record of each, and gives its answer the headers that every
/// answer has.
final class Entrance extends Handler.Wrapper {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    AnswerHeaders.put(response.getHeaders(), RequestRecord.of(request));
    return super.handle(withSingleSlashes(request), response, callback);
  }

  /// Base addresses that end in a slash give clients paths like `/v1//models`. All that follows
  /// sees the path without the empty part, the gatekeeper too.
  private static Request withSingleSlashes(Request request) {
    HttpURI uri = request.getHttpURI();
    String path = uri.getPath();
    return path == null || !path.contains("//")
        ? request
        : Request.serveAs(request, HttpURI.build(uri).path(path.replaceAll("/{2,}", "/")));
  }
}
