package ai.dimoo.train.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderResultTest {

  private static LadderResult with(Map<String, Double> ceilings) {
    return new LadderResult(
        "8b",
        1,
        32,
        "cpu",
        null,
        2,
        1120,
        2,
        4,
        1,
        List.of(new Rung("exact, float32", "float32", 64, 128, null)),
        List.of(new ProductRate("float32", "down", 1000, 4000, 1000, 0.04)),
        ceilings,
        List.of("bfloat16", "float32"),
        List.of());
  }

  @Test
  void aFormatThatIsNoFasterThanWhatItReplacesIsMarked() {
    LadderResult noUnits =
        with(Map.of("float32", 0.3, "bfloat16", 0.06, "int8+float32", 1.0, "int4+float32", 0.1));
    assertThat(noUnits.suspicion("float32")).isNull();
    assertThat(noUnits.suspicion("bfloat16")).contains("0.060 TFLOP/s, float32 at 0.300");
    assertThat(noUnits.suspicion("int8+float32")).isNull();
    assertThat(noUnits.suspicion("int4+float32")).contains("0.100 TFLOP/s, float32 at 0.300");
    assertThat(noUnits.lines()).hasSize(2);

    // int8 that is faster than float32, and no faster than bfloat16
    LadderResult asBfloat16 = with(Map.of("float32", 0.3, "bfloat16", 2.6, "int8+bfloat16", 2.7));
    assertThat(asBfloat16.suspicion("bfloat16")).isNull();
    assertThat(asBfloat16.suspicion("int8+bfloat16")).contains("bfloat16 at 2.600");
  }

  @Test
  void ratesAndShares() {
    LadderResult result = with(Map.of("float32", 0.4));
    ProductRate product = result.products().getFirst();
    assertThat(product.tflops()).isEqualTo(0.2);
    assertThat(result.share(product)).isEqualTo(0.5);
    assertThat(result.rungs().getFirst().stepSeconds()).isEqualTo(2);
  }
}
