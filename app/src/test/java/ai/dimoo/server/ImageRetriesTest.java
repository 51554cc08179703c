package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A client that sends its request again gets the picture that is being made already.
@Timeout(180)
class ImageRetriesTest extends ServerFixture {

  @Test
  void theSameFieldsAndPicturesAreTheSameRequestWhateverPartsThem() throws Exception {
    CompletableFuture<HttpResponse<String>> first;
    CompletableFuture<HttpResponse<String>> again;
    CompletableFuture<HttpResponse<String>> other;
    try (RawConnection running = LongRequests.begin(server(), 1)) {
      first = send("first", 0, TestPictures.png());
      until(() -> metric("dimoo_queue_length") == 1);
      again = send("second", 1, TestPictures.png());
      other = send("first", 1, TestPictures.png(64, 64, 0));
      until(() -> metric("dimoo_queue_length") == 2); // the other; by then the retry has joined
    }
    assertThat(pictures(again)).isEqualTo(pictures(first));
    assertThat(pictures(other)).isNotEqualTo(pictures(first));
  }

  /// Without a seed, so that two jobs give different pictures.
  private CompletableFuture<HttpResponse<String>> send(String boundary, int retry, byte[] png) {
    MultipartBody body =
        new MultipartBody(boundary)
            .text("prompt", "a red circle")
            .text("n", "4")
            .text("timesteps", "6")
            .file("image", boundary + ".png", png);
    return client()
        .sendAsync(
            body.post(request("/v1/images/edits"))
                .header("x-stainless-retry-count", Integer.toString(retry))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String pictures(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
    StringBuilder all = new StringBuilder();
    for (JsonNode picture : json(answer.get()).at("/data")) {
      all.append(picture.at("/b64_json").asString()).append('\n');
    }
    return all.toString();
  }
}
