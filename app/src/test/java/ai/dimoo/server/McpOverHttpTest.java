package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `/mcp`, by the SDK's client, and by hand where that has no word for it.
@Timeout(120)
class McpOverHttpTest extends ServerFixture {

  private static final String BEGIN =
      """
      {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}}}\
      """;
  private static final String LONG_CALL =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
        "name": "generate", "_meta": {"progressToken": 5},
        "arguments": {"prompt": "a red circle", "timesteps": 256, "n": 10}}}\
      """;
  private static final String CANCEL =
      """
      {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}\
      """;

  @Override
  protected Path model(Path own) throws IOException {
    return ModelCopy.ofSixShapes(own, POCKET);
  }

  private McpChecks connected() {
    return new McpChecks(
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server().port()).build());
  }

  @Test
  void theSdksClientUsesTheTools() throws Exception {
    try (McpChecks checks = connected()) {
      checks.toolsAreDescribedByTheTableOfSettings();
      String uri = checks.aPictureComesSmallAndWholeWithProgress();
      assertThat(uri).startsWith("dimoo://pictures/");
      checks.aPictureOfAnAnswerIsReadAndUsedAgain(uri);
      checks.whatIsWrongIsSaidToTheModel();
    }
    assertThat(log()).contains("POST /mcp", "task=text_to_image", "steps=4");
  }

  @Test
  void filesOfTheServersMachineAreNotRead() {
    String file = POCKET.resolve("README.md").toAbsolutePath().toString();
    try (McpChecks checks = connected()) {
      McpChecks.assertRefused(
          checks.call("edit", Map.of("image", file, "task", "edit_add", "prompt", "x")), "Base64");
      McpChecks.assertRefused(
          checks.call("ask", Map.of("question", "What?", "images", List.of("file://" + file))),
          "images[0]");
    }
  }

  @Test
  void aCancelledCallEndsWithoutAnAnswerAndItsWorkEndsToo() throws Exception {
    String session = begin();
    HttpResponse<InputStream> answer =
        client().send(message(session, LONG_CALL), HttpResponse.BodyHandlers.ofInputStream());
    List<String> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      events.add(nextEvent(lines));
      assertThat(events.getFirst()).contains("notifications/progress", "\"progressToken\":5");
      assertThat(send(session, LONG_CALL).statusCode()).isEqualTo(400); // its id is under way
      assertThat(send(session, CANCEL).statusCode()).isEqualTo(202);
      String event;
      while ((event = nextEvent(lines)) != null) {
        events.add(event);
      }
    }
    assertThat(events).allSatisfy(event -> assertThat(event).contains("notifications/progress"));
    assertThat(events.size()).isLessThan(2560); // not all of its steps were computed
    until(() -> metric("dimoo_queue_length") == 0 && metric("dimoo_running") == 0);
  }

  @Test
  void whoLeavesIsNotWorkedFor() throws Exception {
    String session = begin();
    HttpResponse<InputStream> answer =
        client()
            .send(
                message(session, LONG_CALL.replace("\"id\": 1", "\"id\": 2")),
                HttpResponse.BodyHandlers.ofInputStream());
    answer.body().read();
    answer.body().close();
    untilTimeBrings(() ->
        log().lines().anyMatch(line -> line.contains("POST /mcp") && line.contains("abandoned")));
  }

  @Test
  void eachMessageNeedsItsSessionAndAKnownVersion() throws Exception {
    String list = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}";
    HttpResponse<String> none = post("/mcp", list);
    HttpResponse<String> foreign = post("/mcp", list, "Mcp-Session-Id", "made-up");
    HttpResponse<String> old = post("/mcp", BEGIN, "MCP-Protocol-Version", "1999-01-01");
    HttpResponse<String> broken = post("/mcp", "{\"jsonrpc\"");
    HttpResponse<String> whole = post("/mcp", list, "Mcp-Session-Id", begin());

    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(code(foreign)).isEqualTo("session_not_found");
    assertThat(old.statusCode()).isEqualTo(400);
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(json(whole).at("/result/tools").size()).isEqualTo(5);
  }

  @Test
  void aClientThatWasCutOffHasTheRestOfTheEvents() throws Exception {
    String session = begin();
    String call = LONG_CALL.replace("256, \"n\": 10", "24, \"n\": 2");
    HttpResponse<InputStream> answer = open(message(session, call));
    List<Event> events = new ArrayList<>();
    try (BufferedReader lines = lines(answer)) {
      events.add(next(lines));
      events.add(next(lines));
    } // gone in the midst of it
    List<Event> rest = new ArrayList<>();
    try (BufferedReader lines = lines(open(events(session, events.getFirst().id())))) {
      Event event;
      while ((event = next(lines)) != null) {
        rest.add(event);
      }
    }

    assertThat(rest.getFirst()).isEqualTo(events.getLast()); // the first after that of the header
    assertThat(rest.stream().map(Event::id)).doesNotHaveDuplicates();
    assertThat(rest.getLast().data()).contains("\"id\":1", "image/", "seed");
    assertThat(rest.subList(0, rest.size() - 1))
        .allSatisfy(event -> assertThat(event.data()).contains("notifications/progress"));

    // once more, when all is done
    try (BufferedReader lines = lines(open(events(session, rest.get(rest.size() - 2).id())))) {
      assertThat(next(lines)).isEqualTo(rest.getLast());
      assertThat(next(lines)).isNull();
    }
  }

  @Test
  void nobodyHasTheEventsOfAnotherSession() throws Exception {
    String session = begin();
    HttpResponse<String> answer =
        send(session, LONG_CALL.replace("256, \"n\": 10", "1").replace("\"id\": 1", "\"id\": 9"));
    String id =
        answer.body().lines().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow();
    for (String[] asked :
        new String[][] {{begin(), id.substring(4)}, {session, "made-up/1"}, {session, "x"}}) {
      HttpResponse<String> refused =
          client().send(events(asked[0], asked[1]), HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains("not kept: call again");
    }
  }

  @Test
  void aSessionHasOneStreamBesideItsAnswers() throws Exception {
    String session = begin();
    AtomicReference<HttpResponse<InputStream>> opened = new AtomicReference<>();
    until(() -> { // the streams of another test may be ending
      opened.set(open(events(session, null)));
      return opened.get().statusCode() != 429;
    });
    HttpResponse<InputStream> first = opened.get();
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines = lines(first)) {
      assertThat(lines.readLine()).startsWith("id: listening/");
      assertThat(lines.readLine()).isEqualTo("data:");
      HttpResponse<InputStream> second = open(events(session, "listening/1"));
      assertThat(second.statusCode()).isEqualTo(200);
      assertThat(next(lines)).isNull(); // the first has ended
      second.body().close();
    }
    assertThat(get("/mcp", "Mcp-Session-Id", session).statusCode()).isEqualTo(406);
    assertThat(get("/mcp", "Accept", "text/event-stream").statusCode()).isEqualTo(400);
    assertThat(get("/mcp", "Accept", "text/event-stream", "Mcp-Session-Id", "made-up").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aClientHasSoManyStreamsAndNoMore() throws Exception {
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    HttpResponse<InputStream> last;
    do {
      last = open(events(begin(), null));
      open.add(last);
    } while (last.statusCode() == 200 && open.size() < 40);
    assertThat(open).hasSizeBetween(16, 17); // one of another test may be ending
    assertThat(last.statusCode()).isEqualTo(429);
    for (HttpResponse<InputStream> one : open) {
      one.body().close();
    }
  }

  private record Event(String id, String data) {}

  private HttpResponse<InputStream> open(HttpRequest request) throws Exception {
    return client().send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpRequest events(String session, String last) {
    HttpRequest.Builder request =
        request(
            "/mcp",
            "Accept",
            "text/event-stream",
            "Mcp-Session-Id",
            session,
            "MCP-Protocol-Version",
            "2025-11-25");
    return (last == null ? request : request.header("Last-Event-ID", last)).build();
  }

  /// The next event that has data; null: there is none.
  private static Event next(BufferedReader lines) throws Exception {
    String id = "";
    String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        return new Event(id, line.substring(6));
      }
    }
    return null;
  }

  private String begin() throws Exception {
    HttpResponse<String> begun = post("/mcp", BEGIN);
    assertThat(json(begun).at("/result/protocolVersion").asString()).isEqualTo("2025-06-18");
    return begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private HttpResponse<String> send(String session, String message) throws Exception {
    return client().send(message(session, message), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest message(String session, String message) {
    return request(
            "/mcp",
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "Mcp-Session-Id",
            session)
        .POST(HttpRequest.BodyPublishers.ofString(message))
        .build();
  }

  /// The data of the next event; null: there is none.
  private static String nextEvent(BufferedReader lines) throws Exception {
    String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith("data: ")) {
        return line.substring(6);
      }
    }
    return null;
  }
}
