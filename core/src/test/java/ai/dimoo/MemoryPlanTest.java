package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.image.Size;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.TransformerConfig;
import org.junit.jupiter.api.Test;

/// The published model, by its shape alone.
class MemoryPlanTest {

  private static final long NUMBERS = 8_080_000_000L;
  private static final long MATRICES = 32L * (4 * 4096 * 4096 + 3 * 4096 * 12_288);

  private static final ModelMemory PUBLISHED = published(2);

  private static final Work USUAL = Work.picture(1024, 100, 8192, 0, new Size(512, 512));

  /// @param bytes of a stored number
  private static ModelMemory published(long bytes) {
    return new ModelMemory(
        TransformerConfig.PUBLISHED,
        NUMBERS,
        bytes * NUMBERS,
        bytes * MATRICES,
        null,
        150_000_000,
        128);
  }

  private static FreeMemory gigabytes(double free) {
    return new FreeMemory((long) (free * 1e9), "the machine");
  }

  private static MemoryPlan choose(Dtype dtype, double gigabytes) {
    return MemoryPlan.choose(PUBLISHED, dtype, null, USUAL, gigabytes(gigabytes));
  }

  @Test
  void whatFitsIsTakenWithoutAWord() {
    assertThat(choose(Dtype.FLOAT32, 40))
        .isEqualTo(new MemoryPlan(PUBLISHED, Dtype.FLOAT32, null, false, null));
    assertThat(choose(Dtype.BFLOAT16, 20))
        .isEqualTo(new MemoryPlan(PUBLISHED, Dtype.BFLOAT16, null, false, null));
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
      assertThatThrownBy(() -> choose(dtype, 3))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("the model needs")
          .hasMessageContaining("3.0 GB are free in the machine")
          .hasMessageContaining("Close other programs")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aModelStoredInFloat32IsToldOfTheFormatThatFits() {
    ModelMemory wide = published(4);

    assertThatThrownBy(() -> MemoryPlan.choose(wide, Dtype.FLOAT32, null, USUAL, gigabytes(22)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("dtype to bfloat16");
  }

  @Test
  void fewerBitsAreOfferedWhereTheyFit() {
    assertThatThrownBy(() -> choose(Dtype.BFLOAT16, 12))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("dtype to int8")
        .hasMessageContaining("dimoo quantize MODEL COPY --weights int8")
        .hasMessageNotContaining("int4");
    assertThatThrownBy(() -> choose(Dtype.FLOAT32, 8)).hasMessageContaining("dtype to int4");
    assertThatThrownBy(() -> choose(Dtype.BFLOAT16, 4)).hasMessageNotContaining("dtype");
  }

  /// 6.4 billion weights of a byte, and 1.6 billion of embedding, head and norms of two.
  @Test
  void fewBitsAreCounted() {
    assertThat(PUBLISHED.quantisedWeights(WeightFormat.INT8))
        .isBetween(9_500_000_000L, 10_500_000_000L);
    assertThat(PUBLISHED.quantisedWeights(WeightFormat.INT4))
        .isBetween(6_000_000_000L, 7_200_000_000L);

    MemoryPlan plan =
        MemoryPlan.choose(PUBLISHED, Dtype.FLOAT32, WeightFormat.INT8, USUAL, gigabytes(12));
    assertThat(plan.weights()).isEqualTo(WeightFormat.INT8);
    assertThat(plan.notice()).isNull();
    assertThatThrownBy(() ->
            MemoryPlan.choose(PUBLISHED, Dtype.FLOAT32, WeightFormat.INT8, USUAL, gigabytes(8)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the model needs")
        .hasMessageContaining("in int8")
        .hasMessageContaining("dtype to int4");
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
  void whatAQuestionConvertsOfTheHeadIsCounted() {
    MemoryPlan placed = choose(Dtype.FLOAT32, 40);
    MemoryPlan widened = choose(Dtype.FLOAT32, 22);
    Work question = new Work(500, 32, TransformerConfig.PUBLISHED.vocabSize(), 0, 0);
    long step = PUBLISHED.step(Dtype.FLOAT32, question);
    long head = Linears.WIDENED_AT_ONCE * Float.BYTES;

    placed.require(question, new FreeMemory(step, "the machine"));
    widened.require(question, new FreeMemory(step + head, "the machine"));
    assertThatThrownBy(
            () -> widened.require(question, new FreeMemory(step + head - 1, "the machine")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the request needs");
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
