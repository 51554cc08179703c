package ai.dimoo.server.openai;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which adapters of its model a server offers. Immutable.
///
/// @param first those that it loads when it starts
/// @param folder clients may load those that lie in it, and unload any; null: they may not
public record OfferedAdapters(List<NamedAdapter> first, @Nullable Path folder) {

  /// None.
  public static final OfferedAdapters NONE = new OfferedAdapters(List.of(), null);

  /// @throws UserException if two have one name
  public OfferedAdapters {
    first = List.copyOf(first);
    Set<String> names = new HashSet<>();
    for (NamedAdapter adapter : first) {
      if (!names.add(adapter.name())) {
        throw new UserException(
            "Two adapters are called %s: give each its own name.".formatted(adapter.name()));
      }
    }
  }
}
