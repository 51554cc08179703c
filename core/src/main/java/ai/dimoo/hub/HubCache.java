package ai.dimoo.hub;

import ai.dimoo.checkpoint.CheckpointFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cache folder that Hugging Face's libraries share: content under `blobs`, named by its hash;
/// a folder of links to it for each commit under `snapshots`; the commit of each branch under
/// `refs`. Safe to use from several threads and processes.
public final class HubCache {

  private static final int COMMIT_LENGTH = 40;

  private final Path root;

  /// @param root the folder of all repositories, {@link HubSettings#cache}
  public HubCache(Path root) {
    this.root = root;
  }

  /// The folder of a whole checkpoint that is in the cache, whoever put it there.
  ///
  /// @param repo `organisation/name`
  /// @param revision a branch, a tag or a commit; `main` is the usual one
  /// @return empty if it is not there, or a file of it is missing
  /// @throws UserException if `repo` or `revision` cannot be names on the hub
  public Optional<Path> find(String repo, String revision) {
    return snapshot(new HubRepository(repo, revision))
        .filter(folder -> CheckpointFiles.missing(folder).isEmpty());
  }

  /// The checkpoint that a user names: a folder, or a repository in the cache.
  ///
  /// @throws UserException if it is neither; the message says how to get it
  public Path locate(String model) {
    Path path = asPath(model);
    if (path != null && Files.isDirectory(path)) {
      return path;
    }
    if (path != null && Files.isRegularFile(path)) {
      throw new UserException(
          Fault.of(Shown.text(model) + " is a file, and a model is a folder.")
              .in("model")
              .mend(Remedy.give("model", "a checkpoint's folder or organisation/name")));
    }
    if (!HubRepository.isId(model)) {
      throw new UserException(
          Fault.of(
                  model.isBlank()
                      ? "The model's name is empty."
                      : "No folder " + Shown.text(model) + ".")
              .in("model")
              .mend(Remedy.give("model", "a checkpoint's folder or organisation/name")));
    }
    HubRepository repository = new HubRepository(model, "main");
    Optional<Path> snapshot = snapshot(repository);
    List<String> missing = snapshot.map(CheckpointFiles::missing).orElse(List.of());
    if (snapshot.isPresent() && missing.isEmpty()) {
      return snapshot.get();
    }
    String what =
        snapshot.isPresent()
            ? "The checkpoint %s in %s lacks %s."
                .formatted(model, snapshot.get(), missing.getFirst())
            : "No folder %s, and no checkpoint of this name in the cache %s."
                .formatted(model, root);
    throw new UserException(Fault.of(what).in("model").mend(Remedy.download(model)));
  }

  /// The path that a name may be; null: it is none, as an empty one, which would be the current
  /// folder.
  private static @Nullable Path asPath(String model) {
    try {
      return model.isBlank() ? null : Path.of(model);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private Optional<Path> snapshot(HubRepository repository) {
    String commit = repository.revision();
    if (!HubRepository.isCommit(commit)) {
      Path ref = reference(repository);
      try {
        if (!Files.isRegularFile(ref) || Files.size(ref) > 2 * COMMIT_LENGTH) {
          return Optional.empty();
        }
        commit = Files.readString(ref, StandardCharsets.ISO_8859_1).strip();
      } catch (IOException e) {
        throw new EnvironmentException("Cannot read " + ref + ": " + FileFaults.reason(e) + ".", e);
      }
    }
    if (!HubRepository.isCommit(commit)) {
      return Optional.empty();
    }
    return Optional.of(snapshot(repository, commit)).filter(Files::isDirectory);
  }

  /// Where the links to the files of a commit are.
  Path snapshot(HubRepository repository, String commit) {
    return folder(repository).resolve("snapshots").resolve(commit);
  }

  /// Where the content of this hash is.
  Path blob(HubRepository repository, String etag) {
    return folder(repository).resolve("blobs").resolve(etag);
  }

  /// The file that one process locks while it downloads the repository.
  Path lock(HubRepository repository) {
    return root.resolve(".locks").resolve(repository.folderName()).resolve("dimoo.lock");
  }

  Path folder(HubRepository repository) {
    return root.resolve(repository.folderName());
  }

  private Path reference(HubRepository repository) {
    return folder(repository).resolve("refs").resolve(repository.revision());
  }

  /// Notes the commit that a branch or tag stands at.
  void writeReference(HubRepository repository, String commit) {
    if (!repository.revision().equals(commit)) {
      byte[] text = commit.getBytes(StandardCharsets.ISO_8859_1);
      AtomicFile.write(reference(repository), AtomicFile.of(text));
    }
  }

  /// Makes `name` in the snapshot of `commit` show the blob: a relative symbolic link where the
  /// file system has them, else a hard link, else a copy.
  void link(HubRepository repository, String commit, String name, String etag) {
    Path link = snapshot(repository, commit).resolve(name);
    Path blob = blob(repository, etag);
    Path temporary = AtomicFile.temporaryBeside(link);
    try {
      Files.createDirectories(link.getParent());
      if (Files.exists(link) && Files.isSameFile(link, blob)) {
        return;
      }
      if (!symbolicLink(temporary, blob) && !hardLink(temporary, blob)) {
        Files.copy(blob, temporary);
      }
      AtomicFile.move(temporary, link);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot write " + link + ": " + FileFaults.reason(e) + ".", e);
    } finally {
      AtomicFile.deleteQuietly(temporary);
    }
  }

  private static boolean symbolicLink(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, link.getParent().relativize(target));
      return true;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false; // Windows without the privilege, FAT, some network file systems
    }
  }

  private static boolean hardLink(Path link, Path target) {
    try {
      Files.createLink(link, target);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
