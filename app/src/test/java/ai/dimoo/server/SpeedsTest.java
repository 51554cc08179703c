package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The speeds of a model that states one for pictures and none for answers.
class SpeedsTest extends ServerFixture {

  @Override
  protected Path model(Path own) throws IOException {
    return fast(own);
  }

  /// Makes the folder of a model whose `fast` stands for six steps.
  ///
  /// @param parent where it is made
  static Path fast(Path parent) throws IOException {
    Path model = ModelCopy.unlimited(parent, POCKET);
    Path sampling = model.resolve("generation_config.json");
    ObjectNode fields = (ObjectNode) json(Files.readString(sampling));
    Files.delete(sampling); // the link
    fields.remove("text_speed");
    fields.putObject("speed").putObject("fast").put("timesteps", 6);
    Files.writeString(sampling, fields.toString());
    return model;
  }

  @Test
  void onlySpeedsThatTheModelStatesAreListed() throws Exception {
    JsonNode model = json(get("/v1/models")).at("/data/0/dimoo");
    assertThat(model.path("speeds").toString()).isEqualTo("{\"fast\":{\"timesteps\":6}}");
    assertThat(model.at("/text/speeds").toString()).isEqualTo("{}");
  }

  @Test
  void whatIsListedIsWhatARequestGets() throws Exception {
    HttpResponse<String> answer =
        post("/v1/images/generations", "{\"prompt\": \"a circle\", \"speed\": \"fast\"}");
    assertThat(json(answer).at("/data/0/dimoo/timesteps").asInt()).as(answer.body()).isEqualTo(6);
  }
}
