package ai.dimoo.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.error.Wording;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every field of the table of settings has a method in the builders.
class EverySettingTest {

  static List<Arguments> builders() {
    return List.of(
        Arguments.of(DimooImageModel.Builder.class, SamplingKind.EDIT),
        Arguments.of(DimooChatModel.Builder.class, SamplingKind.ANSWER),
        Arguments.of(DimooStreamingChatModel.Builder.class, SamplingKind.ANSWER));
  }

  @ParameterizedTest
  @MethodSource("builders")
  void hasAMethod(Class<?> builder, SamplingKind kind) {
    List<String> methods = Arrays.stream(builder.getMethods()).map(Method::getName).toList();
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      boolean ofCache = SamplingTable.OF_CACHE.contains(field);
      assertThat(methods).contains(ofCache ? "cache" : Wording.LIBRARY.field(field.name()));
    }
  }
}
