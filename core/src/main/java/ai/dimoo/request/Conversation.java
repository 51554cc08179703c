package ai.dimoo.request;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.List;

/// What was said before a question, and the question. The model knows no turns: {@link
/// ai.dimoo.Dimoo#question} is what it reads. Immutable.
///
/// @param <P> what a picture is to the front end: decoded, a file, an address
public final class Conversation<P> {

  private final List<String> system;
  private final List<Turn<P>> turns;

  private Conversation(List<String> system, List<Turn<P>> turns) {
    this.system = List.copyOf(system);
    this.turns = List.copyOf(turns);
  }

  /// Something that was said.
  ///
  /// @param pictures that came with it, in their order
  public record Turn<P>(String text, List<P> pictures) {

    /// Copies the list.
    public Turn {
      pictures = List.copyOf(pictures);
    }
  }

  /// Begins a conversation.
  public static <P> Builder<P> builder() {
    return new Builder<>();
  }

  /// What the model is told to be, in the order in which it was said.
  public List<String> system() {
    return system;
  }

  /// What user and model said, in order; the last is the question.
  public List<Turn<P>> turns() {
    return turns;
  }

  /// The question.
  public Turn<P> question() {
    return turns.getLast();
  }

  /// The pictures of the newest turn that has any: what the question is about.
  public List<P> pictures() {
    for (Turn<P> turn : turns.reversed()) {
      if (!turn.pictures().isEmpty()) {
        return turn.pictures();
      }
    }
    return List.of();
  }

  /// What of it a model is not given, which was trained on single questions: at most one sentence.
  public List<String> notes() {
    List<String> left = new ArrayList<>();
    if (system.stream().anyMatch(words -> !words.isBlank())) {
      left.add("the system's words");
    }
    int earlier = turns.size() - 1;
    if (earlier > 0) {
      left.add(earlier == 1 ? "the earlier message" : "the %d earlier messages".formatted(earlier));
    }
    return left.isEmpty()
        ? List.of()
        : List.of(
            "The model was trained on single questions: it is not given "
                + String.join(" and ", left)
                + ".");
  }

  /// Builds a {@link Conversation}. Not thread-safe.
  public static final class Builder<P> {

    private final List<String> system = new ArrayList<>();
    private final List<Turn<P>> turns = new ArrayList<>();
    private boolean asked;

    private Builder() {}

    /// The model is told what to be.
    public Builder<P> system(String text) {
      system.add(text);
      return this;
    }

    /// The user said something.
    public Builder<P> user(String text, List<P> pictures) {
      turns.add(new Turn<>(text, pictures));
      asked = true;
      return this;
    }

    /// The model said something.
    public Builder<P> assistant(String text, List<P> pictures) {
      turns.add(new Turn<>(text, pictures));
      asked = false;
      return this;
    }

    /// The conversation.
    ///
    /// @throws UserException if the last to speak was not the user
    public Conversation<P> build() {
      if (!asked) {
        throw new UserException(
            Fault.of("The last message has to be the user's: it is the question.").in("messages"));
      }
      return new Conversation<>(system, turns);
    }
  }
}
