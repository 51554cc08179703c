package ai.dimoo.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a Spring Boot application gets, with the pocket model.
class DimooAutoConfigurationTest {

  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(DimooAutoConfiguration.class));

  private ApplicationContextRunner withModel(String... properties) {
    return application
        .withPropertyValues("dimoo.model=" + PocketModel.FOLDER, "dimoo.device=cpu")
        .withPropertyValues(properties);
  }

  @Test
  void withoutAModelThereIsNothing() {
    application.run(context ->
        assertThat(context)
            .hasNotFailed()
            .doesNotHaveBean(Dimoo.class)
            .doesNotHaveBean(ImageModel.class)
            .doesNotHaveBean(ChatModel.class));
  }

  @Test
  void thePropertiesReachTheModelsAndTheModelIsClosedInTheEnd() {
    AtomicReference<Dimoo> opened = new AtomicReference<>();
    withModel(
            "dimoo.dtype=float32",
            "dimoo.threads=1",
            "dimoo.image.timesteps=2",
            "dimoo.image.seed=9",
            "dimoo.image.width=32",
            "dimoo.image.cfg-scale=1.5",
            "dimoo.chat.gen-length=3")
        .run(context -> {
          Dimoo dimoo = context.getBean(Dimoo.class);
          opened.set(dimoo);
          assertThat(dimoo.model().dtype()).isEqualTo("float32");
          DimooImageMetadata picture =
              (DimooImageMetadata)
                  context
                      .getBean(ImageModel.class)
                      .call(new ImagePrompt("a star"))
                      .getResult()
                      .getMetadata();
          assertThat(picture.seed()).isEqualTo(9);
          assertThat(picture.recipe().settings().timesteps()).isEqualTo(2);
          assertThat(picture.recipe().settings().cfgScale()).isEqualTo(1.5);
          assertThat(picture.recipe().size().width()).isEqualTo(32);
          assertThat(context).hasSingleBean(DimooChatModel.class);
          Binder properties = Binder.get(context.getEnvironment());
          assertThat(SamplingProperties.read(properties, "dimoo.chat", SamplingKind.ANSWER))
              .isEqualTo(Sampling.DEFAULT.withGenLength(3));
        });
    Ask question = Ask.of("What is it?").image(PocketModel.PICTURE).build();
    assertThatThrownBy(() -> opened.get().ask(question)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void beansOfTheApplicationGoFirst() {
    try (Dimoo own = PocketModel.open()) {
      application
          .withBean("own", Dimoo.class, () -> own)
          .withBean("images", DimooImageModel.class, () -> new DimooImageModel(own))
          .withPropertyValues("dimoo.model=/no/such/folder", "dimoo.chat.enabled=false")
          .run(context -> {
            assertThat(context).hasSingleBean(Dimoo.class).hasBean("own");
            assertThat(context).hasSingleBean(ImageModel.class).hasBean("images");
            assertThat(context).doesNotHaveBean(ChatModel.class);
          });
    }
  }

  @Test
  void aModelThatCannotBeOpenedIsExplainedInOneLine() {
    application
        .withPropertyValues("dimoo.model=/no/such/folder")
        .run(context -> {
          Throwable failure = context.getStartupFailure();
          assertThat(failure).hasRootCauseInstanceOf(UserException.class);
          assertThat(explained(failure))
              .isEqualTo(
                  "No folder /no/such/folder. Run `dimoo download <repo>`, or change dimoo.model.");
        });
  }

  @Test
  void springFindsTheClasses() {
    ClassLoader loader = getClass().getClassLoader();
    assertThat(ImportCandidates.load(AutoConfiguration.class, loader))
        .contains(DimooAutoConfiguration.class.getName());
    // analyzers of Spring's own want to be given things that are not here
    FailureHandler passOver = FailureHandler.handleMessage((message, failure) -> {});
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation(loader)
                .load(FailureAnalyzer.class, passOver))
        .hasAtLeastOneElementOfType(DimooFailureAnalyzer.class);
  }

  @Test
  void aPropertyThatIsOutOfRangeIsExplainedInOneLine() {
    withModel("dimoo.image.cfg-scale=-1")
        .run(context ->
            assertThat(explained(context.getStartupFailure()))
                .isEqualTo("dimoo.image.cfg-scale is -1.0, expected a number of at least 0."));
  }

  @Test
  void aDeviceThatIsNotThereIsExplainedAsAProperty() {
    withModel("dimoo.device=cuda:99")
        .run(context ->
            assertThat(explained(context.getStartupFailure())).contains("Set dimoo.device to cpu"));
  }

  private static String explained(Throwable failure) {
    FailureAnalysis analysis = new DimooFailureAnalyzer().analyze(failure);
    return analysis.getDescription();
  }

  @Test
  void theMetadataDescribesEveryProperty() throws IOException {
    Map<String, String> described = new LinkedHashMap<>();
    try (InputStream file = getClass().getResourceAsStream(METADATA)) {
      for (JsonNode property : JsonMapper.shared().readTree(file).get("properties")) {
        described.put(property.get("name").asString(), property.get("description").asString());
        assertThat(property.get("description").asString()).endsWith(".");
      }
    }
    List<String> bound = new ArrayList<>();
    addProperties("dimoo", DimooProperties.class, bound);
    Map<String, String> sampling = new LinkedHashMap<>();
    addFields("dimoo.image", SamplingKind.EDIT, sampling);
    addFields("dimoo.chat", SamplingKind.ANSWER, sampling);
    bound.addAll(sampling.keySet());
    assertThat(described).containsOnlyKeys(bound).containsAllEntriesOf(sampling);
  }

  private static void addFields(String prefix, SamplingKind kind, Map<String, String> to) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      SamplingField.Words words = field.words(kind);
      to.put(
          SamplingProperties.name(prefix, field),
          "%s. Default: %s.".formatted(words.help(), words.usual()));
    }
  }

  private static void addProperties(String prefix, Class<?> type, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      String kebab = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      String name = ConfigurationPropertyName.of(prefix).append(kebab).toString();
      if (component.getType().isRecord()) {
        addProperties(name, component.getType(), names);
      } else {
        names.add(name);
      }
    }
  }
}
