package ai.dimoo.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingTable;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

/// Answers by way of Spring AI, with the pocket model.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DimooChatModelTest {

  private static final String QUESTION = "How many circles are there?";

  /// Long answers in short blocks, at a temperature at which this model seldom ends them early.
  private static final Sampling LONG =
      Sampling.DEFAULT
          .withSteps(24)
          .withGenLength(24)
          .withBlockLength(2)
          .withTemperature(50.0)
          .withSeed(1L);

  private static Dimoo dimoo;
  private static DimooChatModel model;

  @BeforeAll
  static void open() {
    dimoo = PocketModel.open();
    model = new DimooChatModel(dimoo, LONG);
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  private static UserMessage about(String text) {
    return UserMessage.builder().text(text).media(PocketModel.MEDIA).build();
  }

  @Test
  void anAnswerIsTheOneThatTheLibraryGives() {
    ChatResponse response = model.call(new Prompt(about(QUESTION)));
    Answer answer = dimoo.ask(new Ask(QUESTION, List.of(PocketModel.PICTURE), false, LONG));

    assertThat(text(response)).isEqualTo(answer.text());
    assertThat(response.getMetadata().getModel()).isEqualTo("pocket");
    assertThat(response.getMetadata().getUsage().getCompletionTokens())
        .isEqualTo(answer.tokens().length);
    assertThat(response.getMetadata().getUsage().getPromptTokens())
        .isEqualTo(answer.promptTokens());
    assertThat(response.getResult().getMetadata().getFinishReason()).isIn("STOP", "LENGTH");
  }

  @Test
  void ofAChatTheModelReadsTheLastQuestionAndTheLastPictures() {
    List<Message> chat =
        List.of(
            new SystemMessage("Answer briefly."),
            about("And this?"),
            new AssistantMessage("A circle."),
            new UserMessage("Is it green?"));
    Ask question = ChatQuestion.of(new Prompt(chat), LONG, dimoo).request();

    assertThat(question.question()).isEqualTo("Is it green?");
    assertThat(question.images()).containsExactly(PocketModel.PICTURE);
  }

  @Test
  void whatIsToBeSaidIsInTheMetadata() {
    Prompt prompt =
        new Prompt(List.of(new SystemMessage("Answer briefly."), about("How many joysticks?")));
    List<String> expected =
        Stream.concat(
                Stream.of(
                    "The model was trained on single questions: it is not given the system's words."),
                dimoo
                    .ask(new Ask("How many joysticks?", List.of(PocketModel.PICTURE), false, LONG))
                    .notes()
                    .stream())
            .toList();
    assertThat(expected).anyMatch(note -> note.contains("joystick"));
    assertThat(notes(model.call(prompt))).isEqualTo(expected);
    assertThat(notes(model.stream(prompt).blockLast())).isEqualTo(expected);
  }

  private static List<String> notes(ChatResponse response) {
    return response.getMetadata().get(DimooChatModel.NOTES);
  }

  @Test
  void aPromptsTemperatureAndLimitGoBeforeTheDefaults() {
    ChatOptions options =
        ChatOptions.builder().model("pocket").temperature(0.5).maxTokens(7).build();
    Ask question = ChatQuestion.of(new Prompt(about(QUESTION), options), LONG, dimoo).request();

    assertThat(question.sampling().get(SamplingTable.TEMPERATURE)).isEqualTo(0.5);
    assertThat(question.sampling().get(SamplingTable.GEN_LENGTH)).isEqualTo(6); // blocks of 2
  }

  @Test
  void thePiecesOfAStreamTogetherAreTheAnswer() {
    Prompt prompt = new Prompt(about(QUESTION));
    List<ChatResponse> pieces = model.stream(prompt).collectList().block();

    assertThat(pieces).hasSizeGreaterThan(2);
    assertThat(String.join("", pieces.stream().map(DimooChatModelTest::text).toList()))
        .isEqualTo(text(model.call(prompt)));
    assertThat(pieces.getLast().getResult().getMetadata().getFinishReason()).isIn("STOP", "LENGTH");
    assertThat(pieces.getFirst().getResult().getMetadata().getFinishReason()).isNull();
  }

  @Test
  void aSubscriberMayAskAgainAndMayCancel() {
    Prompt prompt = new Prompt(about(QUESTION));
    String first =
        model.stream(prompt).map(piece -> text(model.call(prompt))).blockFirst(); // cancels

    assertThat(first).isEqualTo(text(model.call(prompt)));
  }

  @Test
  void whatTheModelLacksIsRefused() {
    refused(ChatOptions.builder().topP(0.5).build(), "topP");
    refused(ChatOptions.builder().stopSequences(List.of("x")).build(), "stopSequences");
    refused(ChatOptions.builder().model("gpt").build(), "\"pocket\"");
  }

  private static void refused(ChatOptions options, String part) {
    refused(() -> model.call(new Prompt(about(QUESTION), options)), part);
  }

  @Test
  void aQuestionNeedsAPictureWithItsData() {
    Media address =
        new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.org/circle.png"));
    UserMessage fetching = UserMessage.builder().text(QUESTION).media(address).build();
    Media sound =
        Media.builder()
            .mimeType(MimeTypeUtils.parseMimeType("audio/wav"))
            .data(new byte[] {1})
            .build();
    UserMessage hearing = UserMessage.builder().text(QUESTION).media(sound).build();

    refused(() -> model.call(QUESTION), "needs a picture");
    refused(() -> model.stream(new Prompt(QUESTION)).blockLast(), "needs a picture");
    refused(() -> model.call(fetching), "not fetched");
    refused(() -> model.call(hearing), "audio/wav");
    refused(() -> model.call(about(QUESTION), new AssistantMessage("Two.")), "the user's");
  }

  private static void refused(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  private static String text(ChatResponse response) {
    return response.getResult().getOutput().getText();
  }
}
