package ai.dimoo.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import ai.dimoo.request.SamplingTable;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Answers by way of LangChain4j, with the pocket model.
class DimooChatModelTest {

  private static final String QUESTION = "How many circles are there?";

  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = PocketModel.open();
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  private static DimooChatModel.Builder model() {
    return DimooChatModel.builder().dimoo(dimoo).seed(3);
  }

  @Test
  void anAnswerIsTheOneThatTheLibraryGives() {
    ChatResponse response =
        model()
            .temperature(1.5)
            .genLength(8)
            .blockLength(4)
            .steps(4)
            .cfgScale(0.5)
            .build()
            .chat(Questions.about(QUESTION));
    Answer answer =
        dimoo.ask(
            Ask.of(QUESTION)
                .image(Questions.PICTURE)
                .temperature(1.5)
                .genLength(8)
                .blockLength(4)
                .steps(4)
                .cfgScale(0.5)
                .seed(3)
                .build());

    assertThat(response.aiMessage().text()).isEqualTo(answer.text());
    assertThat(response.modelName()).isEqualTo("pocket");
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(answer.tokens().length);
    assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(answer.promptTokens());
    assertThat(response.finishReason()).isNotNull();
  }

  @Test
  void ofAChatTheModelReadsTheLastQuestionAndTheLastPictures() {
    Picture earlier = Picture.filled(new Size(32, 32), 0xff0000);
    List<ChatMessage> chat =
        List.of(
            SystemMessage.from("Answer briefly."),
            UserMessage.from(TextContent.from("What is it?"), Questions.IMAGE, Questions.IMAGE),
            AiMessage.from("A square."),
            Questions.about("And this?"),
            AiMessage.from("A circle."),
            UserMessage.from("Is it green?"));
    Ask question = question(ChatRequest.builder().messages(chat).build());

    assertThat(question.question()).isEqualTo("Is it green?");
    assertThat(question.images()).containsExactly(Questions.PICTURE).doesNotContain(earlier);
    model().build().chat(chat);
  }

  @Test
  void whatIsToBeSaidIsInTheMetadata() {
    ChatResponse plain = chat(Questions.about(QUESTION));
    assertThat(notes(plain)).isEqualTo(dimoo.ask(question(Questions.about(QUESTION))).notes());
    UserMessage wide =
        UserMessage.from(
            TextContent.from("How many joysticks are there?"),
            Questions.image(Picture.filled(new Size(640, 64), 0xff0000)));
    assertThat(notes(chat(SystemMessage.from("Answer briefly."), wide)))
        .anyMatch(note -> note.contains("not given the system's words"))
        .anyMatch(note -> note.contains("joystick"))
        .anyMatch(note -> note.contains("640x64"));
    assertThat(plain.metadata().toBuilder().build()).isEqualTo(plain.metadata());
  }

  private static Ask question(UserMessage message) {
    return question(ChatRequest.builder().messages(message).build());
  }

  private static List<String> notes(ChatResponse response) {
    return ((DimooChatResponseMetadata) response.metadata()).notes();
  }

  @Test
  void aRequestsTemperatureAndLimitGoBeforeTheBuilders() {
    Ask question =
        question(
            ChatRequest.builder()
                .messages(Questions.about(QUESTION))
                .modelName("pocket")
                .temperature(0.7)
                .maxOutputTokens(3)
                .build());

    assertThat(question.sampling().get(SamplingTable.TEMPERATURE)).isEqualTo(0.7);
    assertThat(question.sampling().get(SamplingTable.GEN_LENGTH)).isEqualTo(3);
    assertThat(dimoo.ask(question).tokens().length).isLessThanOrEqualTo(3);
  }

  private static Ask question(ChatRequest request) {
    return ChatQuestion.of(request, model().settings().sampling(), dimoo).request();
  }

  @Test
  void whatTheModelLacksIsRefused() {
    ChatRequest.Builder request = ChatRequest.builder().messages(Questions.about(QUESTION));
    refused(() -> question(request.topP(0.5).build()), "topP");
    refused(
        () -> question(request.topP(null).stopSequences(List.of("x")).build()), "stopSequences");
    refused(
        () -> question(request.stopSequences(List.of()).modelName("gpt").build()), "\"pocket\"");
  }

  @Test
  void aQuestionNeedsAPictureWithItsData() {
    URI address = URI.create("https://example.org/circle.png");
    refused(() -> model().build().chat(QUESTION), "needs a picture");
    refused(
        () -> chat(UserMessage.from(TextContent.from(QUESTION), ImageContent.from(address))),
        "not fetched");
    refused(
        () -> chat(UserMessage.from(TextContent.from(QUESTION), AudioContent.from("AAAA", "a/b"))),
        "AUDIO");
    refused(() -> chat(Questions.about(QUESTION), AiMessage.from("Two.")), "the user's");
    refused(() -> chat(UserMessage.from(Questions.IMAGE)), "prompt is empty");
  }

  private static ChatResponse chat(ChatMessage... messages) {
    return model().build().chat(messages);
  }

  @Test
  void listenersHearOfTheAnswer() {
    List<String> heard = new ArrayList<>();
    ChatModelListener listener =
        new ChatModelListener() {
          @Override
          public void onResponse(ChatModelResponseContext context) {
            heard.add(context.chatResponse().aiMessage().text());
          }
        };
    ChatResponse response =
        model().listeners(List.of(listener)).build().chat(Questions.about(QUESTION));

    assertThat(heard).containsExactly(response.aiMessage().text());
  }

  @Test
  void aModelOpenedHereIsClosedHere() {
    DimooChatModel own = DimooChatModel.builder().model(PocketModel.FOLDER).build();
    own.chat(Questions.about(QUESTION));
    own.close();
    assertThatThrownBy(() -> own.chat(Questions.about(QUESTION)))
        .isInstanceOf(IllegalStateException.class);
    model().build().close();
    model().build().chat(Questions.about(QUESTION));
  }

  private static void refused(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }
}
