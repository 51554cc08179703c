package ai.dimoo.server;

import ai.dimoo.server.exchange.RequestRecord;
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
    return super.handle(request, response, callback);
  }
}
