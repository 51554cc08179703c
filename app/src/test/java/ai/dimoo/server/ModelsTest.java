package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ModelsTest extends ServerFixture {

  @Override
  protected Path model(Path own) throws IOException {
    return ModelCopy.ofSixShapes(own, POCKET);
  }

  @Test
  void theModelIsListed() throws Exception {
    JsonNode list = json(get("/v1/models"));
    assertThat(list.path("object").asString()).isEqualTo("list");
    assertThat(list.path("data").size()).isEqualTo(1);
    JsonNode model = list.at("/data/0");
    assertThat(model.path("id").asString()).isEqualTo("pocket");
    assertThat(model.path("object").asString()).isEqualTo("model");
    assertThat(model.path("created").asLong()).isPositive();
    assertThat(model.path("owned_by").isString()).isTrue();
  }

  @Test
  void theModelTellsItsDefaultsAndTasks() throws Exception {
    JsonNode model = json(get("/v1/models/pocket"));
    assertThat(model.path("free_memory_bytes").asLong()).isPositive();
    JsonNode details = model.path("dimoo");
    assertThat(details.path("width").asInt()).isEqualTo(dimoo().defaults().width());
    assertThat(details.path("pixels_per_token").asInt()).isEqualTo(dimoo().pixelsPerToken());
    assertThat(details.at("/text/gen_length").asInt())
        .isEqualTo(dimoo().defaults().text().genLength());
    List<String> names = new ArrayList<>();
    details.path("tasks").forEach(task -> names.add(task.path("name").asString()));
    assertThat(names)
        .contains("text_to_image", "edit_add", "inpaint", "multi_view_*", "understanding")
        .doesNotHaveDuplicates();
    for (JsonNode task : details.path("tasks")) {
      boolean style = task.path("name").asString().equals("image_ref_transfer");
      assertThat(task.path("pictures").asInt() == 2).isEqualTo(style);
      assertThat(task.path("takes_prompt").isBoolean()).isTrue();
      assertThat(task.path("trained").asBoolean())
          .isEqualTo(dimoo().knowledge().tasks().contains(task.path("name").asString()));
    }
  }

  @Test
  void theModelTellsWhatItKnows() throws Exception {
    JsonNode knowledge = json(get("/v1/models/pocket")).at("/dimoo/knowledge");
    assertThat(knowledge.path("sizes").toString()).isEqualTo("[\"128x128\"]");
    assertThat(knowledge.path("languages").toString()).isEqualTo("[\"English\"]");
    assertThat(knowledge.path("things").toString())
        .isEqualTo("[\"circle\",\"square\",\"triangle\",\"diamond\",\"cross\",\"ring\"]");
  }

  @Test
  void anotherModelIsNotFound() throws Exception {
    for (String path :
        List.of("/v1/models/gpt-image-1", "/v1/models/some%2Fmodel", "/v1/models/a/b")) {
      var answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(code(answer)).isEqualTo("model_not_found");
      assertThat(json(answer).at("/error/message").asString()).contains("pocket");
    }
  }
}
