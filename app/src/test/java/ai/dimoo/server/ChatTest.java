package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Answer;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// With OpenAI's own client for Java, and by hand where that cannot say it.
final class ChatTest extends ServerFixture {

  private static final String QUESTION = "What is to be seen?";
  private static final Picture RED = Picture.filled(new Size(128, 128), 0xC81E1E);
  private static final Picture BLUE = Picture.filled(new Size(128, 128), 0x1E1EC8);

  private OpenAIClient openAi;

  @BeforeAll
  void connectOpenAi() {
    openAi =
        OpenAIOkHttpClient.builder()
            .apiKey("none is needed")
            .baseUrl(uri("/v1").toString())
            .maxRetries(0)
            .build();
  }

  @AfterAll
  void disconnect() {
    openAi.close();
  }

  private static String url(Picture picture) {
    byte[] file = ImageFiles.encodePng(picture, Map.of());
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
  }

  private static List<ChatCompletionContentPart> parts(String text, Picture... pictures) {
    List<ChatCompletionContentPart> parts = new ArrayList<>();
    parts.add(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text(text).build()));
    for (Picture picture : pictures) {
      parts.add(
          ChatCompletionContentPart.ofImageUrl(
              ChatCompletionContentPartImage.builder()
                  .imageUrl(
                      ChatCompletionContentPartImage.ImageUrl.builder().url(url(picture)).build())
                  .build()));
    }
    return parts;
  }

  private static ChatCompletionCreateParams.Builder asking(Picture... pictures) {
    return ChatCompletionCreateParams.builder()
        .model("pocket")
        .seed(7)
        .temperature(1)
        .addUserMessageOfArrayOfContentParts(parts(QUESTION, pictures));
  }

  private static Ask.Builder sameToTheLibrary(Picture... pictures) {
    Ask.Builder ask = Ask.of(QUESTION).seed(7).temperature(1);
    for (Picture picture : pictures) {
      ask.image(picture);
    }
    return ask;
  }

  private static String content(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void theAnswerIsTheLibrarys() {
    ChatCompletion answer = openAi.chat().completions().create(asking(RED).build());
    Answer expected = dimoo().ask(sameToTheLibrary(RED).build());
    assertThat(content(answer)).isEqualTo(expected.text());
    assertThat(answer.model()).isEqualTo("pocket");
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(expected.tokens().length);
    assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(expected.promptTokens());
    assertThat(answer.choices().getFirst().finishReason().asString()).isIn("stop", "length");
  }

  @Test
  void severalPicturesAreAskedAboutInTheirOrder() {
    ChatCompletion answer = openAi.chat().completions().create(asking(RED, BLUE).build());
    assertThat(content(answer)).isEqualTo(dimoo().ask(sameToTheLibrary(RED, BLUE).build()).text());
  }

  @Test
  void oneTokenIsOneToken() {
    ChatCompletion answer =
        openAi
            .chat()
            .completions()
            .create(
                asking(RED).putAdditionalBodyProperty("one_token", JsonValue.from(true)).build());
    assertThat(answer.usage().orElseThrow().completionTokens()).isLessThanOrEqualTo(1);
    Answer expected = dimoo().ask(sameToTheLibrary(RED).oneToken().build());
    assertThat(content(answer)).isEqualTo(expected.text());
  }

  @Test
  void oneTokenHasNoSteps() throws Exception {
    HttpResponse<String> refused =
        post("/v1/chat/completions", ask(", \"one_token\": true, \"steps\": 4"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/param").asString()).isEqualTo("steps");
    assertThat(json(refused).at("/error/message").asString())
        .contains("one forward pass, which has no steps", "one_token");
    HttpResponse<String> limited =
        post("/v1/chat/completions", ask(", \"one_token\": true, \"max_tokens\": 5"));
    assertThat(limited.statusCode()).isEqualTo(200);
  }

  @Test
  void theSeedThatWasDrawnGivesTheAnswerAgain() throws Exception {
    JsonNode first = json(post("/v1/chat/completions", ask(", \"temperature\": 1")));
    long seed = first.at("/dimoo/seed").asLong();
    String again = ask(", \"temperature\": 1, \"seed\": " + seed);
    JsonNode second = json(post("/v1/chat/completions", again));
    assertThat(second.at("/choices/0/message/content"))
        .isEqualTo(first.at("/choices/0/message/content"));
    assertThat(second.path("id")).isNotEqualTo(first.path("id"));
  }

  @Test
  void aStreamBeginsWithTheRoleAndAddsUpToTheWholeAnswer() {
    ChatCompletionCreateParams params =
        asking(RED)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    List<ChatCompletionChunk> chunks = stream(params);
    assertThat(chunks.getFirst().choices().getFirst().delta().role()).isPresent();
    assertThat(chunks.stream().map(ChatCompletionChunk::id).distinct()).hasSize(1);
    String streamed =
        chunks.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .map(choice -> choice.delta().content().orElse(""))
            .collect(Collectors.joining());
    assertThat(streamed).isEqualTo(dimoo().ask(sameToTheLibrary(RED).build()).text());
    assertThat(chunks.get(chunks.size() - 2).choices().getFirst().finishReason()).isPresent();
    assertThat(chunks.getLast().choices()).isEmpty();
    assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isPositive();
  }

  private List<ChatCompletionChunk> stream(ChatCompletionCreateParams params) {
    try (StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(params)) {
      return stream.stream().toList();
    }
  }

  @Test
  void aStreamEndsWithDone() throws Exception {
    String body = post("/v1/chat/completions", ask(", \"stream\": true")).body();
    assertThat(body).endsWith("data: [DONE]\n\n");
    assertThat(body).doesNotContain("\"usage\"").contains("\"finish_reason\":\"", "\"seed\":");
  }

  @Test
  void whatWasSaidBeforeTheQuestionDoesNotChangeItsAnswer() throws Exception {
    ChatCompletionCreateParams.Builder chat =
        ChatCompletionCreateParams.builder().model("pocket").seed(7).addSystemMessage("Be brief.");
    chat.addUserMessageOfArrayOfContentParts(parts("long ".repeat(300), RED));
    chat.addAssistantMessage("A circle.");
    chat.addUserMessage(QUESTION);
    ChatCompletion answer = openAi.chat().completions().create(chat.build());
    assertThat(content(answer))
        .isEqualTo(dimoo().ask(Ask.of(QUESTION).image(RED).seed(7).build()).text());
    assertThat(answer._additionalProperties().get("warnings").toString())
        .contains("it is not given the system's words and the 2 earlier messages.");
  }

  @Test
  void aLimitOfTokensIsTheLibrarys() throws Exception {
    int most = dimoo().defaults().text().genLength();
    assertThat(genLength(", \"max_tokens\": 4096")).isEqualTo(most);
    assertThat(genLength(", \"max_completion_tokens\": 3, \"block_length\": 2")).isEqualTo(2);
    assertThat(genLength(", \"max_tokens\": 1, \"block_length\": 2")).isEqualTo(1);
    assertThat(genLength(", \"max_tokens\": 2, \"gen_length\": 4, \"block_length\": 1"))
        .isEqualTo(2);
  }

  private int genLength(String fields) throws Exception {
    return json(post("/v1/chat/completions", ask(fields))).at("/dimoo/gen_length").asInt();
  }

  @Test
  void theAnswerTellsEverySetting() throws Exception {
    String fields =
        """
        , "remasking": "random", "cache": {"cache_ratio": 0.5, "refresh_interval": 2}\
        """;
    JsonNode made = json(post("/v1/chat/completions", ask(fields))).path("dimoo");
    assertThat(made.path("remasking").asString()).isEqualTo("random");
    assertThat(made.path("cache"))
        .isEqualTo(json("{\"cache_ratio\": 0.5, \"warmup_ratio\": 0.3, \"refresh_interval\": 2}"));
    JsonNode plain = json(post("/v1/chat/completions", ask(""))).path("dimoo");
    assertThat(plain.path("remasking").asString()).isEqualTo("low_confidence");
    assertThat(plain.has("cache")).isFalse();
  }

  @Test
  void aPictureIsDrawnWhereOneIsAskedFor() throws Exception {
    String body =
        """
        {"modalities": ["text", "image"], "seed": 3, "timesteps": 4,
         "messages": [{"role": "user", "content": "a red circle"}]}\
        """;
    JsonNode answer = json(post("/v1/chat/completions", body));
    JsonNode part = answer.at("/choices/0/message/content/0");
    assertThat(part.path("type").asString()).isEqualTo("image_url");
    assertThat(part.path("image_url"))
        .isEqualTo(answer.at("/choices/0/message/images/0/image_url"));
    assertThat(size(part)).isEqualTo(new Size(128, 128));
    assertThat(answer.at("/dimoo/task").asString()).isEqualTo("text_to_image");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(64);
    JsonNode again = json(post("/v1/chat/completions", body));
    assertThat(again.at("/choices/0/message/content"))
        .isEqualTo(answer.at("/choices/0/message/content"));
  }

  private static Size size(JsonNode part) {
    String url = part.at("/image_url/url").asString();
    byte[] file = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    return ImageFiles.read(file, "the answer").size();
  }

  @Test
  void theNewestPictureIsEditedWhereAnotherIsAskedFor() throws Exception {
    String body =
        """
        {"modalities": ["image"], "seed": 3, "timesteps": 4, "stream": true, "task": "edit_add",
         "force": true, "messages": [{"role": "user", "content": "a circle"},
                      {"role": "assistant", "images":
                        [{"type": "image_url", "image_url": {"url": "%s"}}]},
                      {"role": "user", "content": "Add a square."}]}\
        """
            .formatted(url(RED));
    List<JsonNode> pieces =
        post("/v1/chat/completions", body)
            .body()
            .lines()
            .filter(line -> line.startsWith("data: {"))
            .map(line -> json(line.substring("data: ".length())))
            .toList();
    JsonNode picture = pieces.get(1).at("/choices/0/delta/images/0");
    assertThat(size(picture)).isEqualTo(new Size(128, 128));
    assertThat(pieces.getLast().at("/dimoo/task").asString()).isEqualTo("edit_add");
  }

  @Test
  void aMaskCountsAsInARequestToEdit() throws Exception {
    String fields =
        """
        "task": "inpaint", "seed": 3, "timesteps": 4, "mask": {"image_url": "%s"}\
        """
            .formatted(TestPictures.url(TestPictures.mask()));
    JsonNode edited =
        json(
            post(
                "/v1/images/edits",
                "{\"prompt\": \"a circle\", \"image\": \"%s\", %s}".formatted(url(RED), fields)));
    JsonNode answer =
        json(
            post(
                "/v1/chat/completions",
                """
                {"modalities": ["image"], %s,
                 "messages": [{"role": "user", "content": [{"type": "text", "text": "a circle"},
                   {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
                """
                    .formatted(fields, url(RED))));

    assertThat(answer.at("/choices/0/message/images/0/image_url/url").asString())
        .isEqualTo("data:image/png;base64," + edited.at("/data/0/b64_json").asString());
  }

  @Test
  void wordsWithoutAPictureAreRefusedAndToldWhatToDo() {
    assertThatThrownBy(() ->
            openAi
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("pocket")
                        .addUserMessage("Hello!")
                        .build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("image_url")
        .hasMessageContaining("modalities");
  }

  @Test
  void errorsOfTheClientAreTyped() {
    assertThatThrownBy(() -> openAi.chat().completions().create(asking(RED).n(2).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refused -> {
              assertThat(refused.param()).contains("n");
              assertThat(refused.code()).contains("invalid_value");
              assertThat(refused.type()).contains("invalid_request_error");
            });
    assertThatThrownBy(() -> openAi.models().retrieve("gpt-4o"))
        .isInstanceOf(NotFoundException.class);
    assertThat(openAi.models().list().data()).hasSize(1);
    assertThat(openAi.models().retrieve("pocket").id()).isEqualTo("pocket");
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheFieldThatAsksForIt() throws Exception {
    Map<String, String> bodies =
        Map.ofEntries(
            Map.entry("messages", "{\"messages\": []}"),
            Map.entry("messages[0].role", messages("{\"role\": \"tool\", \"content\": \"x\"}")),
            Map.entry("messages[0].content", messages("{\"role\": \"user\", \"content\": 7}")),
            Map.entry("messages[0]", messages("\"Hello\"")),
            Map.entry(
                "messages[0].content[0].type",
                messages("{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\"}]}")),
            Map.entry("messages[0].content[1].image_url.url", askAbout("http://127.0.0.1/a.png")),
            Map.entry("tools", ask(", \"tools\": [{\"type\": \"function\"}]")),
            Map.entry("response_format", ask(", \"response_format\": {\"type\": \"json_object\"}")),
            Map.entry("modalities", ask(", \"modalities\": [\"audio\"]")),
            Map.entry("logprobs", ask(", \"logprobs\": true")),
            Map.entry("gen_length", ask(", \"gen_length\": 3, \"block_length\": 2")),
            Map.entry("steps", ask(", \"gen_length\": 4, \"block_length\": 2, \"steps\": 3")),
            Map.entry("temperature", ask(", \"temperature\": -1")),
            Map.entry("remasking", ask(", \"remasking\": \"all\"")),
            Map.entry("noise", ask(", \"modalities\": [\"image\"], \"noise\": \"loud\"")),
            Map.entry("seed", ask(", \"seed\": 0.5")),
            Map.entry("mask", ask(", \"modalities\": [\"image\"], \"task\": \"retouch\"")));
    for (Map.Entry<String, String> entry : bodies.entrySet()) {
      var answer = post("/v1/chat/completions", entry.getValue());
      assertThat(answer.statusCode()).as(entry.getKey()).isEqualTo(400);
      assertThat(json(answer).at("/error/param").asString()).isEqualTo(entry.getKey());
    }
  }

  @Test
  void picturesThatAreNoneAreRefused() throws Exception {
    for (String url :
        List.of(
            "data:image/png;base64,AAAA",
            "data:image/png;base64,",
            "data:,hello",
            "file:///etc/hostname",
            "circle.png",
            "")) {
      var answer = post("/v1/chat/completions", askAbout(url));
      assertThat(answer.statusCode()).as(url).isEqualTo(400);
      assertThat(answer.body()).contains("image_url.url").doesNotContain("Exception");
    }
  }

  private static String messages(String message) {
    return "{\"messages\": [" + message + "]}";
  }

  private static String ask(String fields) {
    String message =
        """
        {"role": "user", "content": [
          {"type": "text", "text": "What is to be seen?"},
          {"type": "image_url", "image_url": {"url": "%s"}}]}\
        """
            .formatted(url(RED));
    return "{\"messages\": [" + message + "]" + fields + "}";
  }

  private static String askAbout(String url) {
    return ask("").replace(url(RED), url);
  }
}
