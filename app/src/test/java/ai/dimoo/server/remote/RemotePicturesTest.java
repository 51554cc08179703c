package ai.dimoo.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.dimoo.server.TestPictures;
import ai.dimoo.server.exchange.Refusal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fetching by URL, from a server on this machine. 127.0.0.1 stands for the public internet, and
/// every other address for what is not to be reached.
@Timeout(60)
class RemotePicturesTest {

  private static final byte[] PNG = TestPictures.png();
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.2");

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    port = server.getAddress().getPort();
    serve("/picture", exchange -> answer(exchange, 200, PNG, PNG.length));
    serve("/chunks", exchange -> answer(exchange, 200, PNG, 0));
    serve("/missing", exchange -> answer(exchange, 404, PNG, PNG.length));
    serve(
        "/never",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          end.await();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void bringsThePicture() {
    assertThat(pictures().get("image", url("outside", "/picture"))).isEqualTo(PNG);
    assertThat(pictures().get("image", url("outside", "/chunks"))).isEqualTo(PNG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fe80::1]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
        "[2001::1]",
        "localhost"
      })
  void asksNoAddressThatIsNotPublic(String host) {
    RemotePictures usual = new RemotePictures(1_000_000);
    Refusal refusal = refused(usual, "http://%s:%d/picture".formatted(host, port));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.field()).isEqualTo("image");
    assertThat(asked).hasValue(0);
  }

  @Test
  void knowsPublicAddresses() {
    for (String address : List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111")) {
      assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).as(address).isTrue();
    }
  }

  @Test
  void eachRedirectIsCheckedAgain() {
    redirect("/inwards", url("inside", "/picture"));
    redirect("/by-number", "http://127.0.0.2:" + port + "/picture");
    assertThat(refused(pictures(), url("outside", "/inwards"))).hasMessageContaining("not of the");
    assertThat(refused(pictures(), url("outside", "/by-number")))
        .hasMessageContaining("not of the");
    assertThat(asked).as("the redirects alone").hasValue(2);
  }

  @Test
  void threeRedirectsAreFollowedAndNoMore() {
    redirect("/4", "/3");
    redirect("/3", url("outside", "/2"));
    redirect("/2", "1");
    redirect("/1", "/picture");
    assertThat(pictures().get("image", url("outside", "/3"))).isEqualTo(PNG);
    assertThat(refused(pictures(), url("outside", "/4"))).hasMessageContaining("more than 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://outside/a.png",
        "http://u:p@outside/a.png",
        "jar:x!/"
      })
  void redirectsLeadToNothingButTheWeb(String location) {
    redirect("/away", location);
    assertThat(refused(pictures(), url("outside", "/away"))).hasMessageContaining("http(s) URL");
  }

  @Test
  void aNameIsResolvedOnceAndThatAddressIsAsked() {
    List<InetAddress> answers = new ArrayList<>(List.of(OUTSIDE, INSIDE, INSIDE));
    AtomicInteger resolved = new AtomicInteger();
    RemotePictures rebound =
        pictures(
            1_000_000,
            Duration.ofSeconds(20),
            host -> {
              resolved.incrementAndGet();
              return new InetAddress[] {answers.removeFirst()};
            });
    assertThat(rebound.get("image", url("changing", "/picture"))).isEqualTo(PNG);
    assertThat(resolved).hasValue(1);
    assertThat(refused(rebound, url("changing", "/picture"))).hasMessageContaining("not of the");
  }

  @Test
  void allPicturesOfARequestTogetherAreLimited() {
    RemotePictures twice = pictures(2L * PNG.length, Duration.ofSeconds(20), this::resolve);
    twice.get("image[0]", url("outside", "/picture"));
    twice.get("image[1]", url("outside", "/picture"));
    assertThat(refused(twice, url("outside", "/picture"))).hasMessageContaining("larger than");
  }

  @Test
  void allAddressesOfANameMustBePublic() {
    RemotePictures both =
        pictures(1_000_000, Duration.ofSeconds(20), host -> new InetAddress[] {OUTSIDE, INSIDE});
    assertThat(refused(both, url("both", "/picture"))).hasMessageContaining("not of the");
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatIsTooLargeOrTooSlowOrNotThereIsRefused() {
    RemotePictures small = pictures(PNG.length - 1, Duration.ofSeconds(20), this::resolve);
    assertThat(refused(small, url("outside", "/picture"))).hasMessageContaining("larger than");
    assertThat(refused(small, url("outside", "/chunks"))).hasMessageContaining("larger than");
    RemotePictures hasty = pictures(1_000_000, Duration.ofMillis(500), this::resolve);
    assertThat(refused(hasty, url("outside", "/never"))).hasMessageContaining("longer than");
    assertThat(refused(pictures(), url("outside", "/missing"))).hasMessageContaining("status 404");
    assertThat(refused(pictures(), url("nowhere", "/picture"))).hasMessageContaining("no address");
  }

  private RemotePictures pictures() {
    return pictures(1_000_000, Duration.ofSeconds(20), this::resolve);
  }

  private static RemotePictures pictures(
      long bytes, Duration time, RemotePictures.Resolver resolver) {
    return new RemotePictures(bytes, time, OUTSIDE::equals, resolver);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    return switch (host) {
      case "outside" -> new InetAddress[] {OUTSIDE};
      case "inside", "127.0.0.2" -> new InetAddress[] {INSIDE};
      default -> throw new UnknownHostException(host);
    };
  }

  private static Refusal refused(RemotePictures pictures, String url) {
    return catchThrowableOfType(Refusal.class, () -> pictures.get("image", url));
  }

  private String url(String host, String path) {
    return "http://" + host + ":" + port + path;
  }

  private void redirect(String path, String location) {
    serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// @param length 0: in chunks
  private static void answer(HttpExchange exchange, int status, byte[] body, long length)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    exchange.getResponseBody().write(body);
  }

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
