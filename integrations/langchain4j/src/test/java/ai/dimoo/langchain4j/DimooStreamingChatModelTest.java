package ai.dimoo.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers while they form, by way of LangChain4j, with the pocket model.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DimooStreamingChatModelTest {

  private static final UserMessage QUESTION = Questions.about("How many circles are there?");

  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = PocketModel.open();
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  /// Long answers in short blocks, at a temperature at which this model seldom ends them early.
  private static DimooStreamingChatModel model() {
    return DimooStreamingChatModel.builder()
        .dimoo(dimoo)
        .genLength(24)
        .blockLength(2)
        .steps(24)
        .temperature(50)
        .seed(1)
        .build();
  }

  private static final class Collected implements StreamingChatResponseHandler {

    final List<String> pieces = new ArrayList<>();
    final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
    private final Consumer<PartialResponseContext> onPiece;

    Collected(Consumer<PartialResponseContext> onPiece) {
      this.onPiece = onPiece;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      pieces.add(piece.text());
      onPiece.accept(context);
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response.complete(complete);
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
    }
  }

  @Test
  void thePiecesTogetherAreTheAnswer() throws Exception {
    Collected collected = new Collected(context -> {});
    model().chat(List.of(QUESTION), collected);
    ChatResponse response = collected.response.get();

    assertThat(collected.pieces).hasSizeGreaterThan(1).doesNotContain("");
    assertThat(String.join("", collected.pieces)).isEqualTo(response.aiMessage().text());
    ChatResponse whole =
        DimooChatModel.builder()
            .dimoo(dimoo)
            .genLength(24)
            .blockLength(2)
            .steps(24)
            .temperature(50)
            .seed(1)
            .build()
            .chat(QUESTION);
    assertThat(response.aiMessage()).isEqualTo(whole.aiMessage());
    assertThat(response.metadata()).isEqualTo(whole.metadata()); // the notes too
  }

  @Test
  void aHandlerMayUseTheSameModel() throws Exception {
    DimooImageModel images = DimooImageModel.builder().dimoo(dimoo).timesteps(1).build();
    Collected collected = new Collected(context -> images.generate("a star"));
    model().chat(List.of(QUESTION), collected);

    assertThat(collected.response.get().aiMessage().text()).isNotEmpty();
  }

  @Test
  void afterCancellingNothingIsCalled() throws Exception {
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    Collected collected =
        new Collected(context -> {
          context.streamingHandle().cancel();
          cancelled.complete(context.streamingHandle().isCancelled());
        });
    model().chat(List.of(QUESTION), collected);

    assertThat(cancelled.get()).isTrue();
    Collected next = new Collected(context -> {});
    model().chat(List.of(QUESTION), next);
    next.response.get(); // the engine has left the first request behind it
    assertThat(collected.pieces).hasSize(1);
    assertThat(collected.response).isNotDone();
  }

  @Test
  void whatAHandlerThrowsItIsTold() {
    Collected collected =
        new Collected(context -> {
          throw new IllegalArgumentException("the handler's own");
        });
    model().chat(List.of(QUESTION), collected);

    assertThatThrownBy(collected.response::get).hasMessageContaining("the handler's own");
    assertThat(collected.pieces).hasSize(1);
  }

  @Test
  void requestsThatMustBeMendedReachTheHandler() {
    Collected collected = new Collected(context -> {});
    model().chat("How many circles are there?", collected);

    assertThatThrownBy(collected.response::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UserException.class)
        .hasMessageContaining("needs a picture");
  }

  @Test
  void aPublisherGivesTheSameEvents() throws Exception {
    Subscribed subscribed = new Subscribed(Long.MAX_VALUE);
    ChatRequest request = ChatRequest.builder().messages(QUESTION).build();
    model().chat(request).subscribe(subscribed);
    List<ChatModelStreamingEvent> events = subscribed.all.get();

    StringBuilder pieces = new StringBuilder();
    for (ChatModelStreamingEvent event : events.subList(0, events.size() - 1)) {
      pieces.append(((PartialResponse) event).text());
    }
    ChatResponse response = ((CompleteResponse) events.getLast()).chatResponse();
    assertThat(pieces).hasToString(response.aiMessage().text());
  }

  @Test
  void aPublisherPassesErrorsOn() {
    Subscribed subscribed = new Subscribed(1);
    ChatRequest request = ChatRequest.builder().messages(UserMessage.from("What?")).build();
    model().chat(request).subscribe(subscribed);

    assertThatThrownBy(subscribed.all::get).hasMessageContaining("needs a picture");
  }

  @Test
  void aSubscriberThatCancelsFreesTheEngine() throws Exception {
    Subscribed subscribed = new Subscribed(1);
    subscribed.cancelAtOnce = true;
    ChatRequest request = ChatRequest.builder().messages(QUESTION).build();
    model().chat(request).subscribe(subscribed);
    Collected next = new Collected(context -> {});
    model().chat(List.of(QUESTION), next);

    assertThat(next.response.get().aiMessage().text()).isNotEmpty();
    assertThat(subscribed.events).hasSizeLessThanOrEqualTo(1);
    assertThat(subscribed.all).isNotDone();
  }

  private static final class Subscribed implements Flow.Subscriber<ChatModelStreamingEvent> {

    final List<ChatModelStreamingEvent> events = new ArrayList<>();
    final CompletableFuture<List<ChatModelStreamingEvent>> all = new CompletableFuture<>();
    private final long wanted;
    private Flow.Subscription subscription;
    boolean cancelAtOnce;

    Subscribed(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(wanted);
    }

    @Override
    public void onNext(ChatModelStreamingEvent event) {
      events.add(event);
      if (cancelAtOnce) {
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable error) {
      all.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      all.complete(events);
    }
  }
}
