package ai.dimoo.hub;

import static ai.dimoo.hub.HubServer.REPO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads through a proxy: the hub of {@link HubServer} answers as one for a host that no name
/// server knows; its storage is reached without.
class HubProxiesTest {

  @TempDir Path folder;
  private final HubServer server = new HubServer();

  @AfterEach
  void stopHub() {
    server.close();
  }

  @Test
  void aDownloadGoesThroughTheProxy() {
    addFiles();
    String proxy = server.endpoint().replace("http://", "http://anna:p%40ss@");
    server.requiredProxyAuthorization = basic("anna:p@ss");

    Path snapshot = download(Map.of("http_proxy", proxy, "NO_PROXY", "127.0.0.1"));

    assertThat(snapshot.resolve("model.safetensors")).hasBinaryContent(new byte[1000]);
    assertThat(server.requests).anyMatch(HubServer.Seen::storage);
  }

  @Test
  void aProxyThatWantsAPasswordIsOneLine() {
    addFiles();
    server.requiredProxyAuthorization = basic("anna:p@ss");

    assertThatThrownBy(() -> download(Map.of("HTTP_PROXY", server.endpoint())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("proxy")
        .hasMessageContaining("NAME:PASSWORD@");
  }

  @Test
  void aProxyThatRefusesTheWayToHttpsIsOneLine() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> refuse(proxy));
      Map<String, String> environment =
          Map.of("HF_HOME", folder.toString(), "HTTPS_PROXY", "127.0.0.1:" + proxy.getLocalPort());

      assertThatThrownBy(() -> HubDownload.of(REPO, HubSettings.fromEnvironment(environment)).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("NAME:PASSWORD@");
      assertThat(request.get()).isEqualTo("CONNECT huggingface.co:443 HTTP/1.1");
    }
  }

  private static String refuse(ServerSocket proxy) {
    try (Socket client = proxy.accept()) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      String request = lines.readLine();
      while (!lines.readLine().isEmpty()) {
        // the other headers
      }
      String answer = "HTTP/1.1 407 Who?\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addFiles() {
    for (String name : new String[] {"config.json", "tokenizer.json", "vqvae/config.json"}) {
      server.files.put(name, "{}".getBytes(StandardCharsets.UTF_8));
    }
    server.largeFiles.put("model.safetensors", new byte[1000]);
    server.largeFiles.put("vqvae/diffusion_pytorch_model.safetensors", new byte[10]);
  }

  private Path download(Map<String, String> proxies) {
    Map<String, String> environment = new HashMap<>(proxies);
    environment.put("HF_HOME", folder.toString());
    environment.put("HF_ENDPOINT", "http://hub.invalid");
    return HubDownload.of(REPO, HubSettings.fromEnvironment(environment)).run();
  }

  private static String basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "https://huggingface.co/x, secure:8080",
    "http://huggingface.co/x, plain:80",
    "https://inside.example/x, direct",
    "https://a.inside.example/x, direct",
    "https://outinside.example/x, secure:8080",
    "http://localhost:99/x, direct",
    "http://localhost:98/x, plain:80",
    "https://dot.example/x, direct"
  })
  void eachAddressHasItsProxy(String address, String expected) {
    HubProxies proxies =
        HubProxies.of(
            Map.of(
                "HTTPS_PROXY", "http://secure:8080/",
                "https_proxy", " ",
                "HTTP_PROXY", "http://never",
                "http_proxy", "plain",
                "no_proxy", "inside.example, localhost:99,.dot.example"));
    assertThat(proxies).isNotNull();
    Proxy proxy = proxies.select(URI.create(address)).getFirst();

    assertThat(
            proxy.address() instanceof InetSocketAddress at
                ? at.getHostString() + ":" + at.getPort()
                : "direct")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://anna:secret@host:1", "http://", "http://anna:secret@a b"})
  void whatIsNoHttpProxyIsRefusedWithoutItsPassword(String value) {
    assertThatThrownBy(() -> HubProxies.of(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HTTPS_PROXY is '")
        .hasMessageNotContaining("secret");
  }

  @Test
  void withoutVariablesThereIsNone() {
    assertThat(HubProxies.of(Map.of("NO_PROXY", "*", "HTTP_PROXY", ""))).isNull();
  }

  @Test
  void whoOnlyLooksIntoTheCacheMayHaveAnyProxy() {
    Map<String, String> environment = Map.of("HTTP_PROXY", "socks5://anna:secret@host");

    assertThat(HubSettings.fromEnvironment(environment).toString()).doesNotContain("secret");
  }
}
