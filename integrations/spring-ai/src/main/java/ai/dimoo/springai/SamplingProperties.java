package ai.dimoo.springai;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import org.springframework.boot.context.properties.bind.Binder;

/// The settings of the samplers as properties: `dimoo.image.cfg-scale` is the field `cfg_scale`.
final class SamplingProperties {

  private SamplingProperties() {}

  /// What properties say; the rest is left to the model.
  ///
  /// @param prefix `dimoo.image` or `dimoo.chat`
  /// @throws UserException if a field does not take its value; it names the property
  static Sampling read(Binder properties, String prefix, SamplingKind kind) {
    Sampling sampling = Sampling.DEFAULT;
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      String name = name(prefix, field);
      String text = properties.bind(name, String.class).orElse(null);
      try {
        sampling = text == null ? sampling : sampling.withText(field, text);
      } catch (UserException e) {
        throw new UserException(e.fault().in(name), e);
      }
    }
    return sampling;
  }

  /// The property of a field.
  static String name(String prefix, SamplingField<?> field) {
    return prefix + "." + field.name().replace('_', '-');
  }
}
