package ai.dimoo.springai;

import ai.dimoo.Dimoo;
import ai.dimoo.request.SamplingKind;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// The models as beans of a Spring Boot application that says `dimoo.model`, or that has a {@link
/// Dimoo} of its own. Each bean gives way to one that the application defines.
@AutoConfiguration(
    beforeName =
        "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@EnableConfigurationProperties(DimooProperties.class)
public class DimooAutoConfiguration {

  /// What observations call the provider of the models.
  static final String PROVIDER = "dimoo";

  /// The opened model; closed with the application.
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  @ConditionalOnProperty("dimoo.model")
  Dimoo dimoo(DimooProperties properties) {
    Path directory = Path.of(Objects.requireNonNull(properties.model()));
    return Dimoo.open(directory, properties.modelOptions());
  }

  /// Draws pictures; not if `dimoo.image.enabled` is false.
  @Bean
  @ConditionalOnBean(Dimoo.class)
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "dimoo.image.enabled", matchIfMissing = true)
  DimooImageModel dimooImageModel(
      Dimoo dimoo,
      DimooProperties properties,
      Environment environment,
      ObjectProvider<ObservationRegistry> observations) {
    return new DimooImageModel(
        dimoo,
        properties
            .image()
            .options(
                SamplingProperties.read(Binder.get(environment), "dimoo.image", SamplingKind.EDIT)),
        observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }

  /// Answers questions; not if `dimoo.chat.enabled` is false.
  @Bean
  @ConditionalOnBean(Dimoo.class)
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "dimoo.chat.enabled", matchIfMissing = true)
  DimooChatModel dimooChatModel(
      Dimoo dimoo, Environment environment, ObjectProvider<ObservationRegistry> observations) {
    return new DimooChatModel(
        dimoo,
        SamplingProperties.read(Binder.get(environment), "dimoo.chat", SamplingKind.ANSWER),
        observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }
}
