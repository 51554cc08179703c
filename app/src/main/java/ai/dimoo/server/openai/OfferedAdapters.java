package ai.dimoo.server.openai;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which adapters of its model a server offers. Immutable.
///
/// @param first those that it loads when it starts
/// @param folder clients may load those that lie in it, and unload any; null: they may not
public record OfferedAdapters(List<NamedAdapter> first, @Nullable Path folder) {

  /// None.
  public static final OfferedAdapters NONE = new OfferedAdapters(List.of(), null);

  public OfferedAdapters {
    first = List.copyOf(first);
  }
}
