package ai.dimoo.hub;

import static ai.dimoo.hub.HubServer.COMMIT;
import static ai.dimoo.hub.HubServer.REPO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.CheckpointFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.hub.HubServer.Fault;
import ai.dimoo.hub.HubServer.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(900)
class HubDownloadTest {

  private static final String WEIGHTS = "model.safetensors";
  private static final HubRetry IMPATIENT =
      new HubRetry(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(60));

  @TempDir Path folder;
  private HubServer server;
  private byte[] weights;

  @BeforeEach
  void startHub() {
    server = new HubServer();
    weights = new byte[3_000_000];
    new Random(7).nextBytes(weights);
    server.files.put("config.json", text("{\"d_model\": 64}"));
    server.files.put("tokenizer.json", text("{}"));
    server.files.put("README.md", text("card"));
    server.files.put("LICENSE", text(""));
    server.files.put("vqvae/config.json", text("{}"));
    server.files.put("modeling.py", text("print('never fetched')"));
    server.files.put("assets/demo.json", text("{}"));
    server.largeFiles.put("assets/demo.png", new byte[10]);
    server.largeFiles.put(WEIGHTS, weights);
    server.largeFiles.put("vqvae/diffusion_pytorch_model.safetensors", new byte[1000]);
  }

  @AfterEach
  void stopHub() {
    server.close();
  }

  @Test
  void aCheckpointLandsInTheUsualCacheLayoutAndIsFoundOffline() throws IOException {
    Path snapshot = download().run();

    Path repo = folder.resolve("hf/hub/models--org--model");
    assertThat(snapshot).isEqualTo(repo.resolve("snapshots").resolve(COMMIT));
    assertThat(repo.resolve("refs/main")).hasContent(COMMIT);
    assertThat(names(snapshot))
        .containsExactlyInAnyOrder(
            "config.json",
            "tokenizer.json",
            "README.md",
            "LICENSE",
            WEIGHTS,
            "vqvae/config.json",
            "vqvae/diffusion_pytorch_model.safetensors");
    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(Files.readSymbolicLink(snapshot.resolve(WEIGHTS)))
        .isEqualTo(Path.of("../../blobs", HubServer.sha256(weights)));
    assertThat(Files.readSymbolicLink(snapshot.resolve("vqvae/config.json")))
        .isEqualTo(Path.of("../../../blobs", HubServer.gitSha1(text("{}"))));
    assertThat(names(repo.resolve("blobs"))).noneMatch(name -> name.contains("incomplete"));

    server.close();
    Map<String, String> offline = environment(Map.of("HF_HUB_OFFLINE", "1"));
    assertThat(HubDownload.of(REPO, HubSettings.fromEnvironment(offline)).run())
        .isEqualTo(snapshot);
    assertThat(cache().locate(REPO)).isEqualTo(snapshot);
    assertThat(cache().find(REPO, COMMIT)).contains(snapshot);
  }

  @Test
  void aSecondRunFetchesNothingAgain() {
    download().run();
    server.requests.clear();

    download().run();

    assertThat(server.requests.stream().filter(r -> r.method().equals("GET")))
        .extracting(Seen::path)
        .containsExactly("/api/models/org/model/revision/main");
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() {
    server.fail(WEIGHTS, Fault.DROP_MIDWAY, Fault.UNAVAILABLE, Fault.DROP_MIDWAY);
    List<Long> progress = new ArrayList<>();
    List<String> reasons = new ArrayList<>();

    Path snapshot = download().listener(new Recorder(progress, reasons)).run();

    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(weights);
    List<Long> starts = starts();
    assertThat(starts).hasSize(4).startsWith(0L);
    assertThat(starts.get(1))
        .isBetween(1_400_000L, 1_500_000L); // the client may lose what it holds
    assertThat(starts.get(2)).isEqualTo(starts.get(1));
    assertThat(starts.get(3)).isBetween(2_100_000L, 2_250_000L);
    assertThat(progress).isSorted().startsWith(0L).endsWith((long) weights.length);
    assertThat(reasons).hasSize(3).anyMatch(reason -> reason.contains("503"));
  }

  @Test
  void aServerThatIgnoresRangesMakesItBeginAgain() {
    server.ignoreRange = true;
    server.fail(WEIGHTS, Fault.DROP_MIDWAY);

    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(server.gets(WEIGHTS)).hasSize(2);
  }

  @Test
  void whatAKilledRunLeftIsUsed() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("hf/hub/models--org--model/blobs"));
    byte[] begun = Arrays.copyOf(weights, 1_234_567);
    Files.write(blobs.resolve(HubServer.sha256(weights) + ".dimoo.incomplete"), begun);

    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(server.gets(WEIGHTS)).extracting(Seen::range).containsExactly("bytes=1234567-");
  }

  @Test
  void whatHuggingFacesLibrariesAreFetchingIsLeftAlone() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("hf/hub/models--org--model/blobs"));
    Path theirs = blobs.resolve(HubServer.sha256(weights) + ".incomplete");
    Files.writeString(theirs, "theirs");

    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(theirs).hasContent("theirs");
  }

  @Test
  void aProcessThatIsKilledLeavesNoHalfFileAndTheNextOneGoesOn() throws Exception {
    server.fail(WEIGHTS, Fault.STALL);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DownloadProcess.class.getName());
    builder.environment().putAll(environment(Map.of()));
    Path partial =
        folder.resolve(
            "hf/hub/models--org--model/blobs/" + HubServer.sha256(weights) + ".dimoo.incomplete");

    Process process = builder.inheritIO().start();
    while (!Files.exists(partial) || Files.size(partial) < 1_500_000) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();

    assertNoFileUnderAFinalName(HubServer.sha256(weights));
    assertThat(cache().find(REPO, "main")).isEmpty();
    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(server.gets(WEIGHTS))
        .extracting(Seen::range)
        .containsExactly(null, "bytes=1500000-");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 3_000_000, 4_000_000})
  void wrongBytesThatAnEarlierRunLeftAreThrownAway(int size) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("hf/hub/models--org--model/blobs"));
    Files.write(blobs.resolve(HubServer.sha256(weights) + ".dimoo.incomplete"), new byte[size]);

    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "tokenizer.json"})
  void corruptedBytesAreFetchedAgain(String file) {
    server.fail(file, Fault.CORRUPT);

    Path snapshot = download().run();

    assertThat(server.gets(file)).hasSize(2);
    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(snapshot.resolve("tokenizer.json")).hasContent("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "tokenizer.json"})
  void bytesThatStayCorruptAreNeverUsed(String file) throws IOException {
    server.fail(file, Fault.CORRUPT, Fault.CORRUPT, Fault.CORRUPT, Fault.CORRUPT);

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("expected");
    assertNoFileUnderAFinalName(HubServer.sha256(weights), HubServer.gitSha1(text("{}")));
    assertThat(cache().find(REPO, "main")).isEmpty();
  }

  @Test
  void aConnectionThatStaysBrokenIsOneClearLineAndKeepsWhatCame() throws IOException {
    server.fail(
        WEIGHTS,
        Fault.DROP_MIDWAY,
        Fault.UNAVAILABLE,
        Fault.UNAVAILABLE,
        Fault.UNAVAILABLE,
        Fault.UNAVAILABLE);

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(WEIGHTS)
        .hasMessageContaining("503")
        .hasMessageContaining("it goes on where it stopped");
    assertNoFileUnderAFinalName(HubServer.sha256(weights));

    server.requests.clear();
    server.faults.clear();
    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(starts()).singleElement().satisfies(s -> assertThat(s).isGreaterThan(1_400_000));
  }

  @Test
  void aConnectionThatFallsSilentIsTakenUpAgain() {
    server.fail(WEIGHTS, Fault.STALL);
    HubRetry soonTired =
        new HubRetry(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(4));

    assertThat(download().retry(soonTired).run().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(server.gets(WEIGHTS)).hasSizeGreaterThan(1);
  }

  @Test
  void theTokenGoesToTheHubAndNotToTheServerItRedirectsTo() throws IOException {
    server.requiredToken = "hf_secret";
    Files.createDirectories(folder.resolve("hf"));
    Files.writeString(folder.resolve("hf/token"), "hf_secret\n");

    assertThat(download().run().resolve(WEIGHTS)).hasBinaryContent(weights);

    assertThat(server.requests.stream().filter(Seen::storage))
        .isNotEmpty()
        .allMatch(seen -> seen.authorization() == null);
    assertThat(server.requests.stream().filter(seen -> !seen.storage()))
        .allMatch(seen -> "Bearer hf_secret".equals(seen.authorization()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | RepoNotFound | private or does not exist | HF_TOKEN",
        "401 | GatedRepo | is gated | Accept its licence",
        "403 | GatedRepo | is gated | Accept its licence",
        "404 | RepoNotFound | No repository | Check the name",
        "404 | RevisionNotFound | No revision 'main' | another revision",
        "400 | '' | answers 400 | Check the name",
      })
  void aRefusalSaysWhatToDo(int status, String code, String what, String remedy) {
    server.status = status;
    server.errorCode = code;

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy)
        .hasMessageContaining("org/model")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../evil.json",
        "/etc/evil.json",
        "vqvae/../../evil.json",
        "..\\\\evil.json",
        "C:evil.json",
        "a//evil.json",
        "\\u0000.json"
      })
  void aFileNameThatLeadsOutOfTheFolderIsRefusedBeforeAnythingIsFetched(String name)
      throws IOException {
    server.files.put(name, text("{}"));

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leads out of its folder");
    assertThat(server.requests).hasSize(1);
    assertThat(names(folder)).noneMatch(file -> file.contains("evil"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../evil", "main", "0123", ""})
  void aCommitThatIsNoneIsRefused(String commit) {
    server.listedCommit = commit;

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("names no commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/b/c",
        "a--b",
        "",
        "/",
        "a/",
        "a/..",
        "org/na me",
        "org/x?y",
        "http://h/x"
      })
  void aNameThatIsNoRepositoryIsRefused(String repo) {
    assertThatThrownBy(() -> HubDownload.of(repo, settings()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not the name of a hub repository");
  }

  @Test
  void twoDownloadsAtOnceDoNotCollide() throws Exception {
    server.fail(WEIGHTS, Fault.DROP_MIDWAY);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    DownloadListener first =
        new DownloadListener() {
          @Override
          public void retrying(String file, String reason, Duration wait) {
            begun.countDown();
            await(waiting);
          }
        };
    DownloadListener second =
        new DownloadListener() {
          @Override
          public void waiting(Path lock) {
            waiting.countDown();
          }
        };

    CompletableFuture<Path> one =
        CompletableFuture.supplyAsync(
            () -> download().listener(first).run(), Thread::startVirtualThread);
    await(begun);
    Path two = download().listener(second).run();

    assertThat(one.get()).isEqualTo(two);
    assertThat(two.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(server.gets(WEIGHTS)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "vqvae/config.json", WEIGHTS})
  void aRepositoryThatIsNoWholeCheckpointIsRefused(String missing) {
    server.files.remove(missing);
    server.largeFiles.remove(missing);

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no " + missing);
    assertThat(cache().find(REPO, "main")).isEmpty();
  }

  @Test
  void aRedirectionThatLeadsInACircleEnds() {
    server.redirectTo = "/" + REPO + "/resolve";

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("redirects without end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "mailto:x", "http://a b"})
  void aRedirectionToSomethingElseThanTheWebIsNotFollowed(String location) {
    server.redirectTo = location;

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("redirects to '" + location + "'");
  }

  @Test
  void aSnapshotThatAnotherProgramLeftUnfinishedIsNotUsed() throws IOException {
    Path snapshot = download().run();
    Files.delete(snapshot.resolve("vqvae/diffusion_pytorch_model.safetensors"));

    assertThat(cache().find(REPO, "main")).isEmpty();
    assertThatThrownBy(() -> cache().locate(REPO))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks vqvae/diffusion_pytorch_model.safetensors")
        .hasMessageContaining("dimoo download org/model");
    Map<String, String> offline = environment(Map.of("HF_HUB_OFFLINE", "YES"));
    assertThatThrownBy(() -> HubDownload.of(REPO, HubSettings.fromEnvironment(offline)).run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_HUB_OFFLINE");

    assertThat(CheckpointFiles.missing(download().run())).isEmpty();
  }

  @Test
  void aHubThatCannotBeReachedIsOneClearLine() {
    server.close();

    assertThatThrownBy(() -> download().run())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Cannot fetch " + server.endpoint())
        .hasMessageContaining("HF_ENDPOINT")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("null"));
  }

  private HubDownload download() {
    return HubDownload.of(REPO, settings()).retry(IMPATIENT);
  }

  private HubSettings settings() {
    return HubSettings.fromEnvironment(environment(Map.of()));
  }

  private HubCache cache() {
    return new HubCache(settings().cache());
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HF_HOME", folder.resolve("hf").toString());
    environment.put("HF_ENDPOINT", server.endpoint() + "/");
    return environment;
  }

  private void assertNoFileUnderAFinalName(String... hashes) throws IOException {
    Path repo = folder.resolve("hf/hub/models--org--model");
    assertThat(repo.resolve("snapshots")).doesNotExist();
    for (String hash : hashes) {
      if (hash.length() == 64 || server.faults.containsKey("tokenizer.json")) {
        assertThat(repo.resolve("blobs").resolve(hash)).as(hash).doesNotExist();
      }
    }
  }

  /// The first byte that each request for the weights asked for.
  private List<Long> starts() {
    return server.gets(WEIGHTS).stream()
        .map(seen -> seen.range() == null ? 0L : Long.parseLong(seen.range().replaceAll("\\D", "")))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Recorder(List<Long> progress, List<String> reasons) implements DownloadListener {
    @Override
    public void progress(String file, long done, long total) {
      if (file.equals(WEIGHTS)) {
        progress.add(done);
      }
    }

    @Override
    public void retrying(String file, String reason, Duration wait) {
      reasons.add(reason);
    }
  }
}
