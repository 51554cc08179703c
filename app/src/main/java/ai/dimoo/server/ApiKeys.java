package ai.dimoo.server;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of those who may ask, each with a name for the log. Holds hashes only, so that no key
/// can get into a message. Immutable.
public final class ApiKeys {

  /// No keys: whoever reaches the server may ask.
  public static final ApiKeys NONE = new ApiKeys(List.of());

  /// Shorter ones could be guessed by trying.
  private static final int SHORTEST = 12;

  private record Key(String name, byte[] hash) {}

  private final List<Key> keys;

  private ApiKeys(List<Key> keys) {
    this.keys = keys;
  }

  /// The keys of a file: `name:key` or `key` on each line; empty lines and lines that begin with
  /// `#` are skipped.
  ///
  /// @throws UserException if there is no such file, or a line is not usable
  public static ApiKeys ofFile(Path file) {
    try {
      return of(Utf8.decode(Files.readAllBytes(file)).lines().toList(), file.toString(), "line");
    } catch (NoSuchFileException e) {
      throw new UserException(
          "There is no file %s: write one with a line name:key for each client.".formatted(file),
          e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the keys in %s: %s.".formatted(file, FileFaults.reason(e)), e);
    }
  }

  /// The keys of a list `name:key,key,…`.
  ///
  /// @param source what messages call it
  /// @throws UserException if one is not usable
  public static ApiKeys ofList(String list, String source) {
    return of(List.of(list.split(",")), source, "entry");
  }

  private static ApiKeys of(List<String> entries, String source, String unit) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i).strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        String place = "%s, %s %d: ".formatted(source, unit, i + 1);
        Key key = key(entry, "key" + (keys.size() + 1), place);
        for (Key other : keys) {
          if (other.name().equals(key.name()) || MessageDigest.isEqual(other.hash(), key.hash())) {
            throw new UserException(
                place + "its name or key is that of another; each client needs its own.");
          }
        }
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new UserException(source + " has no keys: give name:key for each client.");
    }
    return new ApiKeys(List.copyOf(keys));
  }

  private static Key key(String entry, String unnamed, String place) {
    int colon = entry.indexOf(':');
    String name = colon < 0 ? unnamed : entry.substring(0, colon).strip();
    String key = entry.substring(colon + 1).strip();
    if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
      throw new UserException(
          place + "a name has 1 to 64 letters, digits and ._@-; write name:key.");
    }
    if (key.length() < SHORTEST || !key.matches("[!-~]*")) {
      throw new UserException(
          "%sa key has at least %d ASCII characters and no spaces; make one with: openssl rand -hex 24"
              .formatted(place, SHORTEST));
    }
    return new Key(name, hash(key));
  }

  /// Whether there are any.
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// How many.
  public int count() {
    return keys.size();
  }

  /// The name of a key; null if it is none of these. Takes the same time whatever was given.
  public @Nullable String nameOf(String given) {
    byte[] hash = hash(given);
    String name = null;
    for (Key key : keys) { // all of them, whether or not one was found
      if (MessageDigest.isEqual(key.hash(), hash)) {
        name = key.name();
      }
    }
    return name;
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JVM has it
    }
  }
}
