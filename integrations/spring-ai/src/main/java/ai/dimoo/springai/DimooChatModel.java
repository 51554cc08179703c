package ai.dimoo.springai;

import ai.dimoo.Dimoo;
import ai.dimoo.request.Sampling;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/// Answers questions about pictures, as Spring AI's {@link ChatModel}. The question is the last
/// user message, behind the system message if there is one; its pictures are image media with their
/// bytes or as `data:` URLs, at least one. A question without pictures is about those of the last
/// message that had some. Of a prompt's options `temperature` and `maxTokens` are followed; others
/// are refused.
///
/// Thread-safe: requests are computed one after another. Whoever opened the {@link Dimoo} closes
/// it.
public final class DimooChatModel implements ChatModel {

  private final Dimoo dimoo;
  private final Sampling defaults;

  /// With the model's own defaults.
  public DimooChatModel(Dimoo dimoo) {
    this(dimoo, Sampling.DEFAULT);
  }

  /// @param defaults for what a prompt's options do not say
  public DimooChatModel(Dimoo dimoo, Sampling defaults) {
    this.dimoo = dimoo;
    this.defaults = defaults;
  }

  /// @throws ai.dimoo.error.UserException if the prompt or its options have to be mended
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot
  @Override
  public ChatResponse call(Prompt prompt) {
    return ChatAnswer.of(dimoo.ask(ChatQuestion.of(prompt, defaults, dimoo)));
  }

  /// The answer while it forms: pieces that add to one another, the last of them with the reason of
  /// the end. The model decides the words of a block in any order; what is passed on is the
  /// beginning without gaps, and short blocks give more, smaller pieces. Cancelling ends the
  /// request at the next step. Each subscription asks anew. Errors are those of {@link #call}.
  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    // another thread than the engine's calls the subscriber, which may be slow or ask again
    return Flux.<ChatResponse>create(sink -> start(prompt, sink))
        .publishOn(Schedulers.boundedElastic());
  }

  private void start(Prompt prompt, FluxSink<ChatResponse> sink) {
    AnswerStream stream = new AnswerStream(sink);
    Thread.ofVirtual()
        .name("dimoo-chat")
        .start(() -> stream.run(() -> dimoo.ask(ChatQuestion.of(prompt, defaults, dimoo), stream)));
  }
}
