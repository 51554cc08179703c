package ai.dimoo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Everything that the reference recorded of what the library computes: hidden states, logits,
/// pixels, codes, random numbers, every token of every step.
class LibraryCasesTest {

  static final Path GOLDEN = Path.of("src/test/resources/golden");

  @BeforeAll
  static void oneThread() {
    TorchRuntime.setThreads(1);
  }

  @TestFactory
  List<DynamicContainer> everyRecordedCaseHolds() {
    List<DynamicContainer> groups = new ArrayList<>();
    try (ReferenceFolder folder = ReferenceFolder.open(GOLDEN)) {
      for (ParityCases group : LibraryCases.ALL) {
        List<ParityResult> results = ParityReport.of(folder, List.of(group), result -> {});
        assertThat(results).extracting(ParityResult::name).isNotEmpty().doesNotHaveDuplicates();
        List<DynamicTest> tests =
            results.stream()
                .map(result ->
                    dynamicTest(
                        result.name(), () -> assertThat(result.ok()).as(result.finding()).isTrue()))
                .toList();
        groups.add(dynamicContainer(group.getClass().getSimpleName(), tests));
      }
    }
    return groups;
  }
}
