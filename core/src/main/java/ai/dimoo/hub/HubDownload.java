package ai.dimoo.hub;

import ai.dimoo.checkpoint.CheckpointFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.file.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Downloads a checkpoint from the Hugging Face hub into the cache that Hugging Face's libraries
/// share (see {@link HubCache}), so that each finds what another has fetched.
///
/// Every file is checked against the size and hash that the hub gives. A file appears under its
/// final name only when it is whole; what an interrupted run has fetched is used by the next one.
/// Not thread-safe; several processes may download the same repository, one waits for the other.
///
/// ```java
/// HubSettings settings = HubSettings.fromEnvironment(System.getenv());
/// Path folder = HubDownload.of("Alpha-VLLM/Lumina-DiMOO", settings).listener(progress).run();
/// ```
public final class HubDownload {

  private static final int LARGEST_LIST = 32 << 20;

  private final HubSettings settings;
  private final HubCache cache;
  private HubRepository repository;
  private DownloadListener listener = DownloadListener.NONE;
  private HubRetry retry = HubRetry.USUAL;

  private HubDownload(HubRepository repository, HubSettings settings) {
    this.repository = repository;
    this.settings = settings;
    this.cache = new HubCache(settings.cache());
  }

  /// A download of the branch `main` of `repo`.
  ///
  /// @param repo `organisation/name`
  /// @throws UserException if that cannot be a name on the hub
  public static HubDownload of(String repo, HubSettings settings) {
    return new HubDownload(new HubRepository(repo, "main"), settings);
  }

  /// A branch, a tag or a commit instead of `main`.
  ///
  /// @throws UserException if that cannot be a revision
  public HubDownload revision(String revision) {
    repository = new HubRepository(repository.id(), revision);
    return this;
  }

  /// Told how it goes on; nobody is, by default.
  public HubDownload listener(DownloadListener listener) {
    this.listener = listener;
    return this;
  }

  HubDownload retry(HubRetry retry) {
    this.retry = retry;
    return this;
  }

  /// Fetches what is not yet in the cache.
  ///
  /// @return the checkpoint's folder in the cache
  /// @throws UserException if there is no such repository, access is refused, it is not a
  ///   checkpoint, or it is not in the cache while `HF_HUB_OFFLINE` is set
  /// @throws EnvironmentException if the hub cannot be reached, its answers are wrong, or the cache
  ///   cannot be written
  public Path run() {
    if (settings.offline()) {
      return cache
          .find(repository.id(), repository.revision())
          .orElseThrow(() ->
              new UserException(
                  "HF_HUB_OFFLINE is set and the cache "
                      + settings.cache()
                      + " has no whole checkpoint "
                      + repository.id()
                      + ". Unset it to download."));
    }
    try (LockFile lock = HubLock.take(cache.lock(repository), listener);
        HubHttp http = new HubHttp(settings, repository, retry.silence())) {
      return download(http);
    }
  }

  private Path download(HubHttp http) {
    HubTransfer transfer = new HubTransfer(http, retry, listener);
    Listing listing = list(http, transfer);
    List<HubFile> files = new ArrayList<>();
    for (String name : listing.names()) {
      URI uri = fileUri(listing.commit(), name);
      files.add(transfer.patiently(name, uri, () -> describe(http, uri, name, listing.commit())));
    }
    List<HubFile> absent = files.stream().filter(file -> !isThere(file)).toList();
    checkSpace(absent);
    for (HubFile file : absent) {
      Path blob = cache.blob(repository, file.etag());
      if (!isThere(file)) { // two names may share one content
        transfer.fetch(file, fileUri(listing.commit(), file.name()), blob);
      }
      listener.finished(file.name());
    }
    for (HubFile file : files) {
      cache.link(repository, listing.commit(), file.name(), file.etag());
    }
    Path snapshot = cache.snapshot(repository, listing.commit());
    List<String> missing = CheckpointFiles.missing(snapshot);
    if (!missing.isEmpty()) {
      throw incomplete(missing.getFirst());
    }
    cache.writeReference(repository, listing.commit());
    return snapshot;
  }

  private boolean isThere(HubFile file) {
    Path blob = cache.blob(repository, file.etag());
    try {
      return Files.isRegularFile(blob) && Files.size(blob) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  private void checkSpace(List<HubFile> absent) {
    long needed = 0;
    for (HubFile file : absent) {
      Path partial = PartialFile.of(cache.blob(repository, file.etag()));
      needed += Math.max(0, file.size() - partial.toFile().length());
    }
    long free = freeBytes();
    if (needed > free) {
      throw new EnvironmentException(
          "%s needs %s more in %s, which has %s free. Free some, or set HF_HUB_CACHE."
              .formatted(
                  repository.id(), Shown.bytes(needed), settings.cache(), Shown.bytes(free)));
    }
    listener.started(absent.size(), needed);
  }

  private long freeBytes() {
    try {
      Files.createDirectories(cache.folder(repository));
      return Files.getFileStore(cache.folder(repository)).getUsableSpace();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write " + settings.cache() + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  /// The commit that the revision stands at, and the names of the files of it that we want.
  private record Listing(String commit, Set<String> names) {}

  private Listing list(HubHttp http, HubTransfer transfer) {
    URI uri =
        URI.create(
            settings.endpoint()
                + "/api/models/"
                + repository.id()
                + "/revision/"
                + encode(repository.revision()));
    JsonNode answer = transfer.patiently("the list of files", uri, () -> readList(http, uri));
    String commit = answer.path("sha").asString("");
    if (!HubRepository.isCommit(commit)) {
      throw new EnvironmentException(
          uri + " names no commit, found '" + Shown.text(commit) + "'. Check HF_ENDPOINT.");
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode sibling : answer.path("siblings")) {
      String name = sibling.path("rfilename").asString("");
      if (!CheckpointFiles.staysInside(name)) {
        throw new UserException(
            settings.endpoint()
                + "/"
                + repository.id()
                + " lists a file '"
                + Shown.text(name)
                + "', which leads out of its folder. Nothing was downloaded; do not trust it.");
      }
      if (CheckpointFiles.isNeeded(name)) {
        names.add(name);
      }
    }
    for (String needed : CheckpointFiles.NEEDED) {
      if (!names.contains(needed)) {
        throw incomplete(needed);
      }
    }
    return new Listing(commit, names);
  }

  private UserException incomplete(String missing) {
    return new UserException(
        settings.endpoint()
            + "/"
            + repository.id()
            + " is not a whole checkpoint: it has no "
            + missing
            + ". Check the name.");
  }

  private static JsonNode readList(HubHttp http, URI uri) throws IOException {
    try (InputStream body = http.get(uri, 0).body()) {
      byte[] bytes = body.readNBytes(LARGEST_LIST);
      return JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      throw new IOException("its answer is not valid JSON", e);
    }
  }

  /// What the hub says of a file: the headers that it adds for files in its large file storage,
  /// else the usual ones.
  private HubFile describe(HubHttp http, URI uri, String name, String commit) throws IOException {
    HttpResponse<InputStream> response = http.head(uri);
    response.body().close();
    HttpHeaders headers = response.headers();
    String etag =
        headers
            .firstValue("x-linked-etag")
            .or(() -> headers.firstValue("etag"))
            .orElse("")
            .replaceFirst("^W/", "")
            .replace("\"", "");
    long size =
        headers
            .firstValueAsLong("x-linked-size")
            .orElseGet(() -> headers.firstValueAsLong("content-length").orElse(-1));
    if (!etag.matches("[0-9a-f]{40}|[0-9a-f]{64}") || size < 0) {
      throw new EnvironmentException(
          uri
              + " has ETag '"
              + Shown.text(etag)
              + "' and size "
              + size
              + ", expected a sha1 or sha256 and a size to check it with. Check HF_ENDPOINT.");
    }
    String found = headers.firstValue("x-repo-commit").orElse(commit);
    if (!found.equals(commit)) {
      throw new EnvironmentException(
          uri + " is of commit " + Shown.text(found) + ", expected " + commit + ". Run it again.");
    }
    return new HubFile(name, etag, size);
  }

  private URI fileUri(String commit, String name) {
    String path =
        Arrays.stream(name.split("/")).map(HubDownload::encode).collect(Collectors.joining("/"));
    return URI.create(
        settings.endpoint() + "/" + repository.id() + "/resolve/" + commit + "/" + path);
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
