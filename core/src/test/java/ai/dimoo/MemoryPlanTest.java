package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.image.Size;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.TransformerConfig;
import org.junit.jupiter.api.Test;

/// The published model, by its shape alone.
class MemoryPlanTest {

  private static final long NUMBERS = 8_080_000_000L;

  private static final ModelMemory PUBLISHED =
      new ModelMemory(TransformerConfig.PUBLISHED, NUMBERS, 2 * NUMBERS, 150_000_000, 128);

  private static final Work USUAL = Work.picture(1024, 100, 8192, 0, new Size(512, 512));

  private static FreeMemory gigabytes(double free) {
    return new FreeMemory((long) (free * 1e9), "the machine");
  }

  private static MemoryPlan choose(Dtype dtype, double gigabytes) {
    return MemoryPlan.choose(PUBLISHED, dtype, USUAL, gigabytes(gigabytes));
  }

  @Test
  void whatFitsIsTakenWithoutAWord() {
    assertThat(choose(Dtype.FLOAT32, 40))
        .isEqualTo(new MemoryPlan(PUBLISHED, Dtype.FLOAT32, false, null));
    assertThat(choose(Dtype.BFLOAT16, 20))
        .isEqualTo(new MemoryPlan(PUBLISHED, Dtype.BFLOAT16, false, null));
  }

  @Test
  void weightsStayAsTheyAreStoredWhereFloat32DoesNotFit() {
    MemoryPlan plan = choose(Dtype.FLOAT32, 22);

    assertThat(plan.widened()).isTrue();
    assertThat(plan.notice()).contains("33.", "17.", "22.0 GB are free in the machine");
  }

  @Test
  void whatDoesNotFitIsRefusedWithNumbers() {
    for (Dtype dtype : Dtype.values()) {
      assertThatThrownBy(() -> choose(dtype, 8))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("the model needs")
          .hasMessageContaining("8.0 GB are free in the machine")
          .hasMessageContaining("Close other programs")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aModelStoredInFloat32IsToldOfTheFormatThatFits() {
    ModelMemory wide =
        new ModelMemory(TransformerConfig.PUBLISHED, NUMBERS, 4 * NUMBERS, 150_000_000, 128);

    assertThatThrownBy(() -> MemoryPlan.choose(wide, Dtype.FLOAT32, USUAL, gigabytes(22)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("dtype to bfloat16");
  }

  @Test
  void aRequestIsRefusedBeforeItBegins() {
    MemoryPlan plan = choose(Dtype.BFLOAT16, 20);
    Work large = Work.picture(16_384, 100, 8192, 3, new Size(2048, 2048));

    plan.require(USUAL, gigabytes(2));
    assertThatThrownBy(() -> plan.require(large, gigabytes(2)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the request needs")
        .hasMessageContaining("2.0 GB are free")
        .hasMessageContaining("Make a smaller picture");
  }

  @Test
  void cachesAndLongerSequencesNeedMore() {
    long plain = PUBLISHED.step(Dtype.BFLOAT16, USUAL);

    assertThat(PUBLISHED.step(Dtype.BFLOAT16, Work.picture(1024, 100, 8192, 2, new Size(512, 512))))
        .isGreaterThan(plain + 900_000_000L); // 32 layers' keys and values, twice
    assertThat(
            PUBLISHED.step(Dtype.BFLOAT16, Work.picture(4096, 100, 8192, 0, new Size(1024, 1024))))
        .isGreaterThan(3 * plain);
  }

  /// Attention in pieces, or fused, needs no square of the length: four times the picture takes
  /// four times the memory and not sixteen.
  @Test
  void longSequencesNeedNoSquareOfTheirLength() {
    for (Dtype dtype : Dtype.values()) {
      long some = PUBLISHED.step(dtype, Work.picture(4096, 100, 8192, 0, new Size(1024, 1024)));
      long more = PUBLISHED.step(dtype, Work.picture(16_384, 400, 8192, 0, new Size(2048, 2048)));
      assertThat(more).isLessThanOrEqualTo(4 * some);
    }
  }
}
