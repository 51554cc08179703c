package ai.dimoo.springai;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.ProgressListener;
import ai.dimoo.request.Sampling;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/// Answers questions about pictures, as Spring AI's {@link ChatModel}. The question is the last
/// user message, behind the system message if there is one; its pictures are image media with their
/// bytes or as `data:` URLs, at least one. A question without pictures is about those of the last
/// message that had some. Of a prompt's options `temperature` and `maxTokens` are followed; others
/// are refused. Each call is an observation of Spring AI's kind, for whoever watches the registry.
///
/// Thread-safe. Whoever opened the {@link Dimoo} closes it.
public final class DimooChatModel implements ChatModel {

  /// The key of what is to be said with an answer, a `List<String>` of sentences for the user, in
  /// the metadata of the response: what lies beyond what the model knows, what of the pictures it
  /// did not see, what of the talk it is not given.
  public static final String NOTES = "notes";

  private final Dimoo dimoo;
  private final Sampling defaults;
  private final ObservationRegistry observations;

  /// With the model's own defaults.
  public DimooChatModel(Dimoo dimoo) {
    this(dimoo, Sampling.DEFAULT);
  }

  /// @param defaults for what a prompt's options do not say
  public DimooChatModel(Dimoo dimoo, Sampling defaults) {
    this(dimoo, defaults, ObservationRegistry.NOOP);
  }

  /// @param defaults for what a prompt's options do not say
  /// @param observations is told of each call
  public DimooChatModel(Dimoo dimoo, Sampling defaults, ObservationRegistry observations) {
    this.dimoo = dimoo;
    this.defaults = defaults;
    this.observations = observations;
  }

  /// @throws ai.dimoo.error.UserException if the prompt or its options have to be mended
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot
  @Override
  public ChatResponse call(Prompt prompt) {
    return observed(prompt, false, null, () -> ask(prompt, ProgressListener.NONE)).whole();
  }

  private ChatAnswer ask(Prompt prompt, ProgressListener listener) {
    ChatQuestion question = ChatQuestion.of(prompt, defaults, dimoo);
    Answer answer = dimoo.ask(question.request(), listener);
    return new ChatAnswer(answer, question.notes(answer));
  }

  /// Asks within an observation.
  ///
  /// @param parent the observation that this one belongs to; null: the thread's, if it has one
  private ChatAnswer observed(
      Prompt prompt, boolean streaming, @Nullable Observation parent, Supplier<ChatAnswer> asking) {
    ChatModelObservationContext context =
        ChatModelObservationContext.builder()
            .prompt(withModel(prompt))
            .provider(DimooAutoConfiguration.PROVIDER)
            .streaming(streaming)
            .build();
    Observation observation =
        ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
            null, new DefaultChatModelObservationConvention(), () -> context, observations);
    if (parent != null) {
      observation.parentObservation(parent);
    }
    return observation.observe(() -> {
      ChatAnswer answer = asking.get();
      context.setResponse(answer.whole());
      return answer;
    });
  }

  /// The prompt with the model's name among its options, which observations tell.
  private Prompt withModel(Prompt prompt) {
    ChatOptions options =
        prompt.getOptions() == null ? ChatOptions.builder().build() : prompt.getOptions();
    return new Prompt(
        prompt.getInstructions(), options.mutate().model(dimoo.model().name()).build());
  }

  /// The answer while it forms: pieces that add to one another, the last of them with the reason of
  /// the end. The model decides the words of a block in any order; what is passed on is the
  /// beginning without gaps, and short blocks give more, smaller pieces. Cancelling ends the
  /// request at the next step. Each subscription asks again. Errors are those of {@link #call}.
  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    // another thread than the engine's calls the subscriber, which may be slow or ask again
    return Flux.<ChatResponse>create(sink -> start(prompt, sink))
        .publishOn(Schedulers.boundedElastic());
  }

  private void start(Prompt prompt, FluxSink<ChatResponse> sink) {
    AnswerStream stream = new AnswerStream(sink);
    Observation parent = sink.contextView().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
    Thread.ofVirtual()
        .name("dimoo-chat")
        .start(() -> stream.run(() -> observed(prompt, true, parent, () -> ask(prompt, stream))));
  }
}
