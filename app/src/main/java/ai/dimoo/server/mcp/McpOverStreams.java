package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.ServedModels;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// The Model Context Protocol over a pair of streams, one message a line, for the one client at
/// their other ends, who may name files of this machine.
///
/// Whoever made it has it serve, once.
public final class McpOverStreams {

  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final InputStream in;
  private final OutputStream out;
  private final CallsUnderWay calls = new CallsUnderWay();
  private @Nullable McpServerSession session;
  private boolean begun;

  /// The tools of a model.
  ///
  /// @param folder takes the pictures that are made; null: none does
  /// @param log takes what goes wrong within, with the name of the call
  public McpOverStreams(
      ServedModels models,
      InputStream in,
      OutputStream out,
      @Nullable Path folder,
      BiConsumer<String, Throwable> log) {
    this.in = in;
    this.out = out;
    McpServer.SingleSessionSyncSpecification server = McpServer.sync(new Provider());
    new ModelTools(models, true, folder, log).offer(server);
    server.build();
  }

  /// Serves until the client ends its stream, and answers what it has called till then.
  public void serve() {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (!line.isBlank()) {
          take(line, each);
        }
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private void take(String line, ExecutorService each) {
    JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(json, line);
    } catch (IOException | RuntimeException e) { // what the JSON library throws is its own affair
      write(
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
              .formatted(ErrorCodes.PARSE_ERROR, "The line is not one JSON-RPC object."));
      return;
    }
    switch (message) {
      case JSONRPCRequest request when request.method().equals(McpSchema.METHOD_INITIALIZE) -> {
        handle(request, McpTransportContext.EMPTY);
        // some clients call tools without this word, which the SDK waits for
        handle(
            new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED),
            McpTransportContext.EMPTY);
        begun = true;
      }
      case JSONRPCRequest request when !begun ->
          refuse(request, ErrorCodes.INVALID_REQUEST, "Begin with initialize.");
      case JSONRPCRequest request -> {
        ToolCall call = new ToolCall(null);
        try {
          CallsUnderWay.Entry entry = calls.add(request.id(), call);
          each.execute(() -> {
            try (entry) {
              handle(request, call.context());
            }
          });
        } catch (Refusal e) {
          refuse(request, ErrorCodes.INVALID_REQUEST, e.getMessage());
        }
      }
      case JSONRPCNotification notification when begun -> {
        if (!calls.cancelled(notification)) {
          handle(notification, McpTransportContext.EMPTY);
        }
      }
      default -> {} // nothing was asked of the client
    }
  }

  private void handle(JSONRPCMessage message, McpTransportContext context) {
    Objects.requireNonNull(session)
        .handle(message)
        .contextWrite(c -> c.put(McpTransportContext.KEY, context))
        .block();
  }

  private void refuse(JSONRPCRequest request, int code, String words) {
    send(JSONRPCResponse.error(request.id(), new JSONRPCResponse.JSONRPCError(code, words, null)));
  }

  private void send(JSONRPCMessage message) {
    if (message instanceof JSONRPCResponse answer && calls.wasCancelled(answer.id())) {
      return;
    }
    try {
      write(json.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String line) {
    synchronized (out) { // a line stays whole
      try {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        calls.cancelAll(); // nobody reads any more
      }
    }
  }

  /// Gives the SDK its one session, which sends what it has to send as lines.
  private final class Provider implements McpServerTransportProvider {

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
      session = factory.create(new Lines());
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
      return List.of(
          ProtocolVersions.MCP_2024_11_05,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);
    }
  }

  private final class Lines implements McpServerTransport {

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      return Mono.fromRunnable(() -> send(message));
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return json.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
