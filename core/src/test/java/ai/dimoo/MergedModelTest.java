package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.adapter.Merger;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.Quantiser;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A checkpoint with adapters in its weights.
class MergedModelTest {

  private static final int RANK = 4;
  private static final int WIDTH = 32;
  private static final double ALPHA = 8;

  @TempDir static Path folder;

  private static Path model;
  private static AdapterChoice cats;
  private static AdapterChoice dogs;

  @BeforeAll
  static void write() {
    TorchRuntime.load();
    model = TinyModel.write(folder.resolve("model"));
    cats = adapter("cats", 1, 5, TensorNames.query(0), TensorNames.value(1));
    dogs = adapter("dogs", 0.5, 6, TensorNames.value(1), TensorNames.key(0));
  }

  private static AdapterChoice adapter(String name, double scale, long seed, String... layers) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(seed)) {
      for (String layer : layers) {
        String peft = "base_model.model." + layer.replace(".weight", "");
        tensors.put(peft + ".lora_A.weight", drawn(random, RANK, WIDTH));
        tensors.put(peft + ".lora_B.weight", drawn(random, WIDTH, RANK));
      }
      LoraAdapter.write(
          folder.resolve(name), new LoraConfig(RANK, ALPHA, false, 0, "model"), tensors);
    }
    return new AdapterChoice(folder.resolve(name), scale);
  }

  private static Tensor drawn(TorchRandom random, long... shape) {
    return random.uniform(ScalarType.Float, shape).sub(new Scalar(0.5));
  }

  private static void merge(Path source, String target, AdapterChoice... choices) {
    Merger.write(source, folder.resolve(target), List.of(choices), (written, total) -> {});
  }

  /// In float32 the sums differ in their last bit only, which turns over no token here.
  @Test
  void itMakesThePicturesOfTheModelWithTheAdapters() throws Exception {
    merge(model, "merged", cats, dogs);
    ModelOptions adapted = TinyModel.OPTIONS.withAdapters(List.of(cats, dogs));
    try (Dimoo one = Dimoo.open(folder.resolve("merged"), TinyModel.OPTIONS);
        Dimoo other = Dimoo.open(model, adapted);
        Dimoo plain = Dimoo.open(model, TinyModel.OPTIONS)) {
      for (int seed = 0; seed < 5; seed++) {
        TextToImage request = TextToImage.of("a").seed(seed).build();
        assertThat(one.generate(request).codes()).isEqualTo(other.generate(request).codes());
        assertThat(one.generate(request).codes()).isNotEqualTo(plain.generate(request).codes());
      }
    }
    for (String file :
        List.of("config.json", "tokenizer.json", "vqvae/diffusion_pytorch_model.safetensors")) {
      assertThat(folder.resolve("merged").resolve(file))
          .hasSameBinaryContentAs(model.resolve(file));
    }
  }

  /// bfloat16 has 8 significant bits, so that a sum is rounded by 2⁻⁸ of itself at most; 2⁻²⁰ are
  /// for the sum itself, which is computed in float32.
  @Test
  void aSumIsRoundedOnceToTheFormatOfTheModel() {
    Path half = folder.resolve("bfloat16");
    try (Checkpoint checkpoint = Checkpoint.open(model);
        PointerScope scope = new PointerScope()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      Map<String, Tensor> vq = new LinkedHashMap<>();
      for (String name : checkpoint.weights().names()) {
        weights.put(name, checkpoint.weights().tensor(name).to(ScalarType.BFloat16));
      }
      for (String name : checkpoint.vqWeights().names()) {
        vq.put(name, checkpoint.vqWeights().tensor(name));
      }
      CheckpointWriter.to(half)
          .transformer(checkpoint.config().json(), weights)
          .vq(checkpoint.vqConfig().json(), vq)
          .tokenizer(checkpoint.tokenizer())
          .write();
    }
    merge(half, "merged16", cats, dogs);
    try (Checkpoint before = Checkpoint.open(half);
        Checkpoint after = Checkpoint.open(folder.resolve("merged16"));
        LoraAdapter one = LoraAdapter.open(cats.folder());
        LoraAdapter other = LoraAdapter.open(dogs.folder());
        PointerScope scope = new PointerScope()) {
      for (String name : before.weights().names()) {
        Tensor expected = before.weights().tensor(name).to(ScalarType.Double);
        if (one.layers().contains(name)) {
          expected = expected.add(product(one, name), new Scalar(ALPHA / RANK));
        }
        if (other.layers().contains(name)) {
          expected = expected.add(product(other, name), new Scalar(ALPHA / RANK * 0.5));
        }
        assertThat(after.weights().info(name).dtype()).isEqualTo(TensorDtype.BF16);
        Tensor error = after.weights().tensor(name).to(ScalarType.Double).sub(expected).abs();
        Tensor most =
            expected
                .abs()
                .mul(new Scalar(Math.scalb(1.0, -8)))
                .add(new Scalar(Math.scalb(1.0, -20)));
        assertThat(error.le(most).all().item_bool()).as(name).isTrue();
      }
    }
  }

  private static Tensor product(LoraAdapter adapter, String name) {
    var change = adapter.change(name, WIDTH, WIDTH);
    return change.b().to(ScalarType.Double).matmul(change.a().to(ScalarType.Double));
  }

  @Test
  void whatCannotBeMergedIsRefusedInOneLine() {
    Path few = folder.resolve("int8");
    Quantiser.write(model, few, WeightFormat.INT8, (written, total) -> {});
    refused(few, "x", cats, "has its weights in int8");
    refused(model, "model", cats, "exists already");
    refused(model, "x", new AdapterChoice(folder.resolve("no"), 1), "adapter_config.json");
    refused(
        model, "x", adapter("far", 1, 7, TensorNames.query(9)), "which the model does not have");
    refused(
        model, "x", adapter("word", 1, 7, TensorNames.EMBEDDING), "which the model does not have");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private static void refused(Path source, String target, AdapterChoice choice, String message) {
    assertThatThrownBy(() -> merge(source, target, choice))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theCopyIsWholeOrNotThere() throws Exception {
    Path parent = Files.createDirectory(folder.resolve("parent"));
    assertThatThrownBy(() ->
            Merger.write(
                model,
                parent.resolve("copy"),
                List.of(cats),
                (written, total) -> {
                  if (written > total / 2) {
                    throw new IllegalStateException("enough");
                  }
                }))
        .hasMessage("enough");
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nothingIsLeftBehind() {
    merge(model, "first", cats);
    long before = TorchRuntime.nativeObjects();
    merge(model, "second", cats);
    assertThat(TorchRuntime.nativeObjects()).isEqualTo(before);
  }
}
