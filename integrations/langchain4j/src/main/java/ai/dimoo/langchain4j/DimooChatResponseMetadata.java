package ai.dimoo.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What LangChain4j tells of an answer, and what is to be said of it to its reader. Immutable.
public final class DimooChatResponseMetadata extends ChatResponseMetadata {

  private final List<String> notes;

  private DimooChatResponseMetadata(Builder builder) {
    super(builder);
    notes = builder.notes;
  }

  /// Sentences for the user: what lies beyond what the model knows, what of the pictures it did not
  /// see, and what of the talk it is not given; mostly none.
  public List<String> notes() {
    return notes;
  }

  @Override
  public Builder toBuilder() {
    return ((Builder) toBuilder(new Builder())).notes(notes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof DimooChatResponseMetadata metadata
        && metadata.notes.equals(notes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), notes);
  }

  @Override
  public String toString() {
    return super.toString() + notes;
  }

  /// Builds {@link DimooChatResponseMetadata}. Not thread-safe.
  public static final class Builder extends ChatResponseMetadata.Builder<Builder> {

    private List<String> notes = List.of();

    /// See {@link DimooChatResponseMetadata#notes}.
    public Builder notes(List<String> notes) {
      this.notes = List.copyOf(notes);
      return this;
    }

    @Override
    public DimooChatResponseMetadata build() {
      return new DimooChatResponseMetadata(this);
    }
  }
}
