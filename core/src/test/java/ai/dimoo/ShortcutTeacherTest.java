package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.diffusion.FeaturePair;
import ai.dimoo.diffusion.FeatureRun;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a shortcut network is given to learn from is what the transformer computes.
class ShortcutTeacherTest {

  private static final TextToImage REQUEST = TextToImage.of("a cat").seed(3).build();

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    TinyModel.write(folder);
  }

  @Test
  void aPairForEachBranchAndStepButTheFirst() {
    try (ShortcutTeacher teacher = ShortcutTeacher.open(folder, TinyModel.OPTIONS);
        FeatureRun run = teacher.begin(REQUEST);
        PointerScope scope = new PointerScope()) {
      List<Integer> counts = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      while (!run.finished()) {
        List<FeaturePair> pairs = run.step();
        counts.add(pairs.size());
        pairs.forEach(pair -> ratios.add(pair.maskRatio()));
      }
      assertThat(counts).containsExactly(0, 2, 2, 2);
      // of 16 tokens, ⌊16·cos(π/2·k/4)⌋ are masked after k steps
      assertThat(ratios)
          .containsExactly(14 / 16.0, 14 / 16.0, 11 / 16.0, 11 / 16.0, 6 / 16.0, 6 / 16.0);
    }
  }

  @Test
  void featuresAreTheTransformersAndGoFromStepToStep() {
    try (ShortcutTeacher teacher = ShortcutTeacher.open(folder, TinyModel.OPTIONS);
        Checkpoint checkpoint = Checkpoint.open(folder);
        FeatureRun run = teacher.begin(REQUEST);
        PointerScope scope = new PointerScope();
        Transformer transformer =
            new Transformer(
                TransformerConfig.of(checkpoint), checkpoint.weights(), Attention.EXPLICIT)) {
      run.skip(1);
      List<FeaturePair> first = run.step();
      List<FeaturePair> second = run.step();
      for (int branch = 0; branch < 2; branch++) {
        FeaturePair pair = second.get(branch);
        Tensor ids = TensorArrays.int64(pair.ids().toArray(), transformer.device()).unsqueeze(0);
        Tensor own = transformer.hidden(ids, null).squeeze(0);
        assertThat(own.sub(pair.after()).abs().max().item_double()).isLessThan(1e-4);
        assertThat(pair.before().equal(first.get(branch).after())).isTrue();
        assertThat(pair.after().equal(pair.before())).isFalse();
      }
    }
  }

  @Test
  void whatIsNewIsWhatChangedAndThePromptOfTheFirstBranch() {
    try (ShortcutTeacher teacher = ShortcutTeacher.open(folder, TinyModel.OPTIONS);
        FeatureRun run = teacher.begin(REQUEST);
        PointerScope scope = new PointerScope()) {
      run.skip(1);
      List<FeaturePair> first = run.step();
      List<FeaturePair> second = run.step();
      for (int branch = 0; branch < 2; branch++) {
        int[] news = second.get(branch).newPositions();
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < second.get(branch).ids().length(); i++) {
          if (second.get(branch).ids().at(i) != first.get(branch).ids().at(i)) {
            changed.add(i);
          }
        }
        assertThat(changed).hasSize(14 - 11);
        if (branch == 0) {
          int prompt = news.length - changed.size();
          assertThat(prompt).isPositive();
          assertThat(Arrays.stream(news, 0, prompt).boxed())
              .containsExactlyElementsOf(IntStream.range(0, prompt).boxed().toList());
          assertThat(Arrays.stream(news, prompt, news.length).boxed())
              .containsExactlyElementsOf(changed);
        } else {
          assertThat(Arrays.stream(news).boxed()).containsExactlyElementsOf(changed);
        }
      }
    }
  }
}
