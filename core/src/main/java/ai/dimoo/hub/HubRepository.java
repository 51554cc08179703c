package ai.dimoo.hub;

import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.util.regex.Pattern;

/// A repository on the hub at a revision. Immutable; both parts are safe as parts of a path.
///
/// @param id `organisation/name`, or a bare `name`
/// @param revision a branch, a tag or a commit
record HubRepository(String id, String revision) {

  // The hub's own rules: huggingface_hub, utils/_validators.py
  private static final Pattern PART = Pattern.compile("[\\w](?:[\\w.-]{0,94}[\\w])?");
  private static final Pattern REVISION = Pattern.compile("[\\w][\\w./+-]{0,199}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  HubRepository {
    if (!isId(id)) {
      throw new UserException(
          "'"
              + Shown.text(id)
              + "' is not the name of a hub repository, expected organisation/name such as"
              + " Alpha-VLLM/Lumina-DiMOO.");
    }
    if (!REVISION.matcher(revision).matches()
        || revision.contains("..")
        || revision.endsWith("/")) {
      throw new UserException(
          "'"
              + Shown.text(revision)
              + "' is not a revision, expected a branch, a tag or a commit.");
    }
  }

  static boolean isId(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || text.contains("--") || text.contains("..")) {
      return false;
    }
    for (String part : parts) {
      if (!PART.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /// The name of its folder in the cache.
  String folderName() {
    return "models--" + id.replace("/", "--");
  }
}
