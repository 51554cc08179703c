package ai.dimoo.server;

import ai.dimoo.Dimoo;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/// Clients that ask all at once, each for a picture of its own that is known beforehand.
final class LoadRun implements AutoCloseable {

  private static final String PROMPT = "a red circle left of a blue square";
  private static final int TIMESTEPS = 4;
  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;
  private final List<Picture> known = new ArrayList<>();
  private final List<HttpClient> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  /// @param dimoo tells what each client's picture is
  LoadRun(URI address, Dimoo dimoo, int count) {
    this.address = address;
    for (int client = 0; client < count; client++) {
      known.add(dimoo.generate(request(client)).picture());
      clients.add(HttpClient.newHttpClient());
    }
  }

  /// What a client asks for, as the library has it.
  static TextToImage request(int client) {
    return TextToImage.of(PROMPT).timesteps(TIMESTEPS).seed(client).build();
  }

  /// Asks for a time.
  void run(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    run(() -> System.nanoTime() < end);
  }

  /// Asks so many times, all clients together.
  void run(int requests) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(requests);
    run(() -> left.getAndDecrement() > 0);
  }

  private void run(BooleanSupplier more) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      int client = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                  while (more.getAsBoolean()) {
                    ask(client);
                  }
                } catch (Exception e) {
                  faults.add("client " + client + ": " + e);
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void ask(int client) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String body =
        "{\"prompt\":\"%s\",\"timesteps\":%d,\"seed\":%d}".formatted(PROMPT, TIMESTEPS, client);
    HttpResponse<String> answer =
        clients
            .get(client)
            .send(
                HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    times.add(Duration.ofNanos(System.nanoTime() - begin));
    if (answer.statusCode() != 200) {
      faults.add("client " + client + ": " + answer.statusCode() + " " + answer.body());
      return;
    }
    String base64 = JSON.readTree(answer.body()).at("/data/0/b64_json").asString();
    Picture got = ImageFiles.read(Base64.getDecoder().decode(base64), "the answer");
    if (!got.equals(known.get(client))) {
      faults.add("client " + client + " got another picture");
    }
  }

  /// What went wrong: requests without a result, pictures of others.
  List<String> faults() {
    return List.copyOf(faults);
  }

  /// Requests that were answered.
  int answered() {
    return times.size();
  }

  /// Half of the answers took less.
  Duration median() {
    return median(new ArrayList<>(times));
  }

  /// Forgets how long the requests so far took.
  void forgetTimes() {
    times.clear();
  }

  static Duration median(List<Duration> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  @Override
  public void close() {
    clients.forEach(HttpClient::close);
  }
}
