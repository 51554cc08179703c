package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.EventStream;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.openai.Fields;
import ai.dimoo.server.openai.ServedModel;
import ai.dimoo.server.openai.ServedModels;
import io.javalin.http.Context;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// `/mcp`: the Model Context Protocol over streamable HTTP. Calls of tools are answered with
/// events, the progress among them; all else with JSON. A client whose connection broke comes back
/// for the rest of the events; beside the answers there is a stream for what a server has to say.
/// Whoever made it closes it. Thread-safe.
public final class McpEndpoint implements AutoCloseable {

  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String LAST_EVENT = "Last-Event-ID";
  private static final String EVENTS = "text/event-stream";

  /// What ids on the stream beside the answers begin with.
  private static final String LISTENING = "listening/";

  /// How often a stream looks whether its client is still there.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// Streams beside the answers that a client may have, over all of its sessions.
  private static final int MOST_LISTENERS = 16;

  /// Those that know this way of speaking over HTTP.
  private static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  /// Clients begin again where their session is forgotten.
  private static final int MOST_SESSIONS = 1000;

  /// Those that know of events with an id and no data.
  private static final List<String> PRIMED = List.of(ProtocolVersions.MCP_2025_11_25);

  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final ServedModel served;
  private final KeptStreams kept = new KeptStreams();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST_SESSIONS;
        }
      };
  private McpStreamableServerSession.@Nullable Factory factory;
  private volatile boolean closed;

  /// A client's session.
  ///
  /// @param client who began it; nobody else may go on with it
  /// @param listener the call that is its stream beside the answers; null: there is none
  private record Session(
      McpStreamableServerSession session,
      String client,
      CallsUnderWay calls,
      AtomicReference<@Nullable HttpCall> listener) {

    String id() {
      return session.getId();
    }
  }

  /// The tools of a model.
  ///
  /// @param log takes what goes wrong within, with the name of the request
  public McpEndpoint(ServedModels models, BiConsumer<String, Throwable> log) {
    served = models.base();
    McpServer.StreamableSyncSpecification server = McpServer.sync(new Provider());
    new ModelTools(models, false, null, log).offer(server);
    server.build();
  }

  /// Gives the SDK what begins sessions; what the server tells all of them is nothing yet.
  private final class Provider implements McpStreamableServerTransportProvider {

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory given) {
      factory = given;
    }

    @Override
    public Mono<Void> notifyClients(String method, Object parameters) {
      return Mono.empty();
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
      return VERSIONS;
    }
  }

  /// `POST /mcp`
  public void post(Context context) throws IOException {
    requireKnownVersion(context);
    switch (message(context)) {
      case JSONRPCRequest request when request.method().equals(McpSchema.METHOD_INITIALIZE) ->
          begin(context, request);
      case JSONRPCRequest request -> answer(context, session(context), request);
      case JSONRPCNotification notification -> {
        Session session = session(context);
        if (!session.calls().cancelled(notification)) {
          session.session().accept(notification).block();
        }
        context.status(202);
      }
      case JSONRPCResponse _ -> throw Refusal.badRequest(null, "Nothing was asked.");
      default -> throw malformed();
    }
  }

  private static void requireKnownVersion(Context context) {
    String version = context.header(VERSION);
    if (version != null && !VERSIONS.contains(version)) {
      throw Refusal.badRequest(
          null,
          "The header %s names a version that is not spoken here: %s are."
              .formatted(VERSION, String.join(", ", VERSIONS)));
    }
  }

  /// `GET /mcp`
  public void get(Context context) throws IOException {
    requireKnownVersion(context);
    Session session = session(context);
    if (!String.valueOf(context.header("Accept")).contains(EVENTS)) {
      throw Refusal.of(
          406, "not_acceptable", "Only events are sent here: send the header Accept: " + EVENTS);
    }
    String last = context.header(LAST_EVENT);
    if (last == null || last.startsWith(LISTENING)) {
      listen(context, session);
      return;
    }
    KeptStreams.Place place = kept.find(last, session.id());
    if (place == null) {
      throw Refusal.badRequest(
          null,
          "The events after that of the header %s are not kept: call again.".formatted(LAST_EVENT));
    }
    goOn(context, place);
  }

  /// Sends the rest of an answer.
  private void goOn(Context context, KeptStreams.Place place) throws IOException {
    KeptStream stream = place.stream();
    HttpCall call = new HttpCall(context, Duration.ZERO);
    stream.join();
    try {
      call.stream(new EventStream(context), null);
      int count = place.count();
      while (!stream.isOver(count) && !call.gone() && !closed) {
        String event = stream.after(count, LOOK);
        if (event != null) {
          call.send(stream.id(++count), event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stream.leave();
    }
  }

  /// The stream beside the answers. One that a session has already ends.
  private void listen(Context context, Session session) throws IOException {
    if (listeners(session) >= MOST_LISTENERS) {
      throw Refusal.later(
          429,
          "too_many_streams",
          "This client has %d streams beside its answers: end one first.".formatted(MOST_LISTENERS),
          Duration.ofSeconds(10));
    }
    HttpCall call = new HttpCall(context, Duration.ZERO);
    // before the client hears of it, who may then open the next
    synchronized (sessions) {
      session.listener().set(call);
      session.session().listeningStream(new HttpAnswer(json, call));
      sessions.notifyAll();
    }
    try {
      call.stream(new EventStream(context), null);
      if (PRIMED.contains(String.valueOf(context.header(VERSION)))) {
        call.prime(LISTENING + UUID.randomUUID());
      }
      // whether it has gone shows in writing to it, for which other sessions do not wait
      while (listens(session, call) && !call.gone()) {
        synchronized (sessions) {
          if (listens(session, call)) {
            sessions.wait(LOOK.toMillis());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (session.listener().compareAndSet(call, null)) {
        session.session().releaseListeningStream();
      }
    }
  }

  private boolean listens(Session session, HttpCall call) {
    synchronized (sessions) {
      return session.listener().get() == call && sessions.containsValue(session) && !closed;
    }
  }

  private long listeners(Session session) {
    synchronized (sessions) {
      return sessions.values().stream()
          .filter(other -> other != session && other.client().equals(session.client()))
          .filter(other -> other.listener().get() != null)
          .count();
    }
  }

  /// Ends the streams beside the answers.
  @Override
  public void close() {
    synchronized (sessions) {
      closed = true;
      sessions.notifyAll();
    }
  }

  private JSONRPCMessage message(Context context) {
    Fields.object(context); // refuses more nodes than any message has
    try {
      return McpSchema.deserializeJsonRpcMessage(json, context.body());
    } catch (IOException | RuntimeException e) { // what the JSON library throws is its own affair
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return Refusal.badRequest(
        null, "The body is not a message of the Model Context Protocol: send one JSON-RPC object.");
  }

  private void begin(Context context, JSONRPCRequest request) throws IOException {
    InitializeRequest wanted;
    try {
      wanted = json.convertValue(request.params(), InitializeRequest.class);
      Objects.requireNonNull(wanted.protocolVersion());
    } catch (RuntimeException e) {
      throw malformed();
    }
    McpStreamableServerSession.McpStreamableServerSessionInit begun =
        Objects.requireNonNull(factory).startSession(wanted);
    InitializeResult result = begun.initResult().block();
    String id = begun.session().getId();
    synchronized (sessions) {
      sessions.put(
          id,
          new Session(
              begun.session(),
              RequestRecord.of(context).client(),
              new CallsUnderWay(),
              new AtomicReference<>()));
    }
    context.header(SESSION, id);
    send(context, JSONRPCResponse.result(request.id(), result));
  }

  private Session session(Context context) {
    String id = context.header(SESSION);
    if (id == null) {
      throw Refusal.badRequest(
          null, "There is no header %s: begin with initialize.".formatted(SESSION));
    }
    Session session;
    synchronized (sessions) {
      session = sessions.get(id);
    }
    if (session == null || !session.client().equals(RequestRecord.of(context).client())) {
      throw Refusal.of(
          404, "session_not_found", "There is no such session: begin with initialize.");
    }
    return session;
  }

  private void answer(Context context, Session session, JSONRPCRequest request) throws IOException {
    boolean streams =
        request.method().equals(McpSchema.METHOD_TOOLS_CALL)
            && String.valueOf(context.header("Accept")).contains(EVENTS);
    HttpCall call = new HttpCall(context, served.queue().retryTime());
    HttpAnswer answer = new HttpAnswer(json, call);
    KeptStream stream = streams ? kept.begin(session.id()) : null;
    try (CallsUnderWay.Entry entry = session.calls().add(request.id(), call)) {
      if (stream != null) {
        call.stream(new EventStream(context), stream);
        if (PRIMED.contains(String.valueOf(context.header(VERSION)))) {
          call.prime(stream.id(0));
        }
      }
      session
          .session()
          .responseStream(answer)
          .handle(request)
          .contextWrite(c -> c.put(McpTransportContext.KEY, call.context()))
          .block();
    } finally {
      if (stream != null) {
        stream.end();
      }
    }
    if (call.cancelled() && call.gone()) {
      RequestRecord.of(context).refuse(Refusal.abandoned());
    }
    JSONRPCMessage whole = answer.whole();
    if (whole != null) {
      send(context, whole);
    }
  }

  private void send(Context context, JSONRPCMessage message) throws IOException {
    context.contentType("application/json").result(json.writeValueAsString(message));
  }
}
