package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.ClientConnection;
import ai.dimoo.server.exchange.EventStream;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.openai.Fields;
import ai.dimoo.server.openai.ServedModel;
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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// `/mcp`: the Model Context Protocol over streamable HTTP. Calls of tools are answered with
/// events, the progress among them; all else with JSON. There is no stream beside the answers, so
/// GET is not taken. Thread-safe.
public final class McpEndpoint {

  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String EVENTS = "text/event-stream";

  /// Those that know this way of speaking over HTTP.
  private static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  /// Clients begin anew where their session is forgotten.
  private static final int MOST_SESSIONS = 1000;

  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST_SESSIONS;
        }
      };
  private McpStreamableServerSession.@Nullable Factory factory;

  /// A client's session.
  ///
  /// @param client who began it; nobody else may go on with it
  private record Session(McpStreamableServerSession session, String client, CallsUnderWay calls) {}

  /// The tools of a model.
  ///
  /// @param log takes what goes wrong within, with the name of the request
  public McpEndpoint(ServedModel served, BiConsumer<String, Throwable> log) {
    McpServer.StreamableSyncSpecification server = McpServer.sync(new Provider());
    new ModelTools(served, false, null, log).offer(server);
    server.build();
  }

  /// Gives the SDK what begins sessions; whatever the server sends, it sends in answers.
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
    String version = context.header(VERSION);
    if (version != null && !VERSIONS.contains(version)) {
      throw Refusal.badRequest(
          null,
          "The header %s names a version that is not spoken here: %s are."
              .formatted(VERSION, String.join(", ", VERSIONS)));
    }
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

  private JSONRPCMessage message(Context context) {
    Fields.object(context.bodyAsBytes()); // refuses more nodes than any message has
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
          new Session(begun.session(), RequestRecord.of(context).client(), new CallsUnderWay()));
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
    HttpCall call = new HttpCall(context);
    HttpAnswer answer = new HttpAnswer(json, call);
    try (CallsUnderWay.Entry entry = session.calls().add(request.id(), call)) {
      if (streams) {
        call.stream(new EventStream(context));
      }
      session
          .session()
          .responseStream(answer)
          .handle(request)
          .contextWrite(c -> c.put(McpTransportContext.KEY, call.context()))
          .block();
    }
    if (call.gone) {
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

  /// A request whose client may go away. Belongs to the request's thread.
  static final class HttpCall extends ToolCall {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final ClientConnection connection;
    private @Nullable EventStream events;
    private long heard = System.nanoTime();
    private boolean gone;

    HttpCall(Context context) {
      super(RequestRecord.of(context));
      connection = new ClientConnection(context);
    }

    /// Its answer comes as events from now on.
    void stream(EventStream out) {
      events = out;
    }

    /// The stream of the answer; null: it comes whole.
    @Nullable EventStream events() {
      return events;
    }

    @Override
    void waiting() {
      if (connection.gone()) {
        left();
      } else if (events != null && System.nanoTime() - heard > HEARTBEAT.toNanos()) {
        try {
          events.heartbeat();
          heard = System.nanoTime();
        } catch (IOException | UncheckedIOException e) {
          left();
        }
      }
    }

    /// The client has gone.
    void left() {
      gone = true;
      cancel();
    }
  }
}
