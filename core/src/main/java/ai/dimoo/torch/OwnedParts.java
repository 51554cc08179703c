package ai.dimoo.torch;

import java.util.ArrayDeque;
import java.util.Deque;

/// Parts that one owner opened one after another, and that hold native memory or files. Closing
/// closes them, the last one first, because later parts use earlier ones.
///
/// Not thread-safe.
public final class OwnedParts implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last one first

  /// Takes a part over.
  ///
  /// @return the part
  public <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e); // none of ours throws a checked exception
      }
    }
  }
}
