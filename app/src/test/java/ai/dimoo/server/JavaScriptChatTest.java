package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Answer;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.request.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Questions about a picture with OpenAI's own JavaScript client, at a server with keys.
@Timeout(300)
class JavaScriptChatTest extends ServerFixture {

  private static final String KEY = "a-key-of-this-test-alone";
  private static final String QUESTION = "What is to be seen?";

  @TempDir Path folder;

  @Override
  protected ServerOptions options() {
    return super.options().withAccess(Access.of(ApiKeys.ofList(KEY, "this test")));
  }

  @Test
  void asksFollowsListsModelsAndGetsTypedErrors() throws Exception {
    Path picture = Files.write(folder.resolve("picture.png"), TestPictures.png());
    JsonNode seen =
        json(
            JavaScriptClient.run(
                "chat.mjs", uri("/v1").toString(), KEY, picture.toString(), QUESTION));
    Answer expected =
        dimoo()
            .ask(Ask.of(QUESTION).image(ImageFiles.read(picture)).seed(7).temperature(1).build());

    assertThat(seen.at("/answer").asString()).isEqualTo(expected.text());
    assertThat(seen.at("/role").asString()).isEqualTo("assistant");
    assertThat(seen.at("/usage/prompt_tokens").asInt()).isEqualTo(expected.promptTokens());
    assertThat(seen.at("/usage/completion_tokens").asInt()).isEqualTo(expected.tokens().length);
    assertPieces(seen.at("/pieces"), expected);
    assertThat(seen.at("/models").toString()).isEqualTo("[\"pocket\"]");
    assertThat(seen.at("/model/id").asString()).isEqualTo("pocket");
    assertThat(seen.at("/model/dimoo/width").asInt()).isEqualTo(dimoo().defaults().width());
    assertThat(seen.at("/unknownModel").toString())
        .isEqualTo("[true,404,\"model_not_found\",\"not_found_error\"]");
    assertThat(seen.at("/wrongKey").toString())
        .isEqualTo("[true,401,\"invalid_api_key\",\"authentication_error\"]");
    assertThat(seen.at("/badRequest").toString())
        .isEqualTo("[true,400,\"n\",\"invalid_request_error\"]");
  }

  /// The role first, then the words, then why they end, then the count of the tokens.
  private static void assertPieces(JsonNode pieces, Answer expected) {
    StringBuilder words = new StringBuilder();
    for (JsonNode piece : pieces) {
      assertThat(piece.at("/object").asString()).isEqualTo("chat.completion.chunk");
      words.append(piece.at("/choices/0/delta/content").asString(""));
    }
    assertThat(words.toString()).isEqualTo(expected.text());
    assertThat(pieces.at("/0/choices/0/delta/role").asString()).isEqualTo("assistant");
    JsonNode end = pieces.get(pieces.size() - 2);
    assertThat(end.at("/choices/0/finish_reason").asString()).isIn("stop", "length");
    JsonNode count = pieces.get(pieces.size() - 1);
    assertThat(count.at("/choices").isEmpty()).isTrue();
    assertThat(count.at("/usage/completion_tokens").asInt()).isEqualTo(expected.tokens().length);
  }
}
