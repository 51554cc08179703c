package ai.dimoo.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// What a registry of the application is told of the calls.
class ObservationsTest {

  private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();
  private final ObservationRegistry registry = ObservationRegistry.create();

  private static String value(Observation.Context context, String key) {
    return context.getAllKeyValues().stream()
        .filter(value -> value.getKey().equals(key))
        .map(value -> value.getValue())
        .findFirst()
        .orElse("absent");
  }

  @Test
  void aRegistryOfTheApplicationIsToldOfEveryCall() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStop(Observation.Context context) {
                ended.add(context);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(DimooAutoConfiguration.class))
        .withBean(ObservationRegistry.class, () -> registry)
        .withPropertyValues(
            "dimoo.model=" + PocketModel.FOLDER, "dimoo.device=cpu", "dimoo.image.timesteps=1")
        .run(context -> {
          draws(context.getBean(ImageModel.class), context.getBean(Dimoo.class));
          asks(context.getBean(ChatModel.class));
        });
  }

  private void draws(ImageModel images, Dimoo dimoo) {
    images.call(
        new ImagePrompt("a ring", ImageOptionsBuilder.builder().n(2).width(64).height(64).build()));
    images.call(new ImagePrompt("a ring"));

    assertThat(ended).hasSize(2);
    Observation.Context first = ended.getFirst();
    assertThat(first.getName()).isEqualTo("gen_ai.client.operation");
    assertThat(value(first, "gen_ai.operation.name")).isEqualTo("image");
    assertThat(value(first, "gen_ai.system")).isEqualTo("dimoo");
    assertThat(value(first, "gen_ai.request.model")).isEqualTo(dimoo.model().name());
    assertThat(value(first, "gen_ai.request.image.size")).isEqualTo("64x64");
    ended.clear();
  }

  private void asks(ChatModel chat) {
    UserMessage question =
        UserMessage.builder().text("What colour is it?").media(PocketModel.MEDIA).build();
    chat.call(new Prompt(question, ChatOptions.builder().temperature(0.0).build()));
    chat.stream(new Prompt(question)).blockLast();
    assertThatThrownBy(() -> chat.call(new Prompt("no picture"))).isInstanceOf(UserException.class);

    assertThat(ended).hasSize(3);
    for (Observation.Context context : ended.subList(0, 2)) {
      assertThat(value(context, "gen_ai.operation.name")).isEqualTo("chat");
      assertThat(value(context, "gen_ai.response.model")).isEqualTo("pocket");
      assertThat(Integer.parseInt(value(context, "gen_ai.usage.input_tokens"))).isPositive();
      assertThat(context.getError()).isNull();
    }
    assertThat(ended.getLast().getError()).isInstanceOf(UserException.class);
  }
}
