package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model with adapters.
class AdaptedModelTest {

  private static final int RANK = 4;
  private static final int WIDTH = 32;
  private static final double ALPHA = 8;
  private static final String LAYER = TensorNames.query(0);
  private static final TextToImage REQUEST = TextToImage.of("a").seed(3).build();

  @TempDir static Path folder;

  private static Path model;
  private static Path adapter;

  @BeforeAll
  static void write() {
    TorchRuntime.load();
    model = TinyModel.write(folder.resolve("model"));
    adapter = folder.resolve("cats");
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(9)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : List.of(LAYER, TensorNames.value(1))) {
        String peft = "base_model.model." + name.replace(".weight", "");
        tensors.put(peft + ".lora_A.weight", drawn(random, RANK, WIDTH));
        tensors.put(peft + ".lora_B.weight", drawn(random, WIDTH, RANK));
      }
      LoraAdapter.write(adapter, new LoraConfig(RANK, ALPHA, false, 0, "model"), tensors);
    }
  }

  private static Tensor drawn(TorchRandom random, long... shape) {
    return random.uniform(ScalarType.Float, shape).sub(new Scalar(0.5));
  }

  private static GeneratedPicture made(AdapterChoice... choices) {
    ModelOptions options = TinyModel.OPTIONS.withAdapters(List.of(choices));
    try (Dimoo dimoo = Dimoo.open(model, options)) {
      return dimoo.generate(REQUEST);
    }
  }

  @Test
  void itIsTheModelWhoseWeightsHaveTheChangesAdded() {
    Path merged = folder.resolve("merged");
    try (Checkpoint checkpoint = Checkpoint.open(model);
        LoraAdapter lora = LoraAdapter.open(adapter);
        PointerScope scope = new PointerScope()) {
      assertThat(lora.layers()).containsExactlyInAnyOrder(LAYER, TensorNames.value(1));
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (String name : checkpoint.weights().names()) {
        Tensor weight = checkpoint.weights().tensor(name);
        if (lora.layers().contains(name)) {
          var change = lora.change(name, WIDTH, WIDTH);
          assertThat(change.scale()).isEqualTo(ALPHA / RANK);
          weight = weight.add(change.b().matmul(change.a()), new Scalar(ALPHA / RANK));
        }
        weights.put(name, weight);
      }
      Map<String, Tensor> vq = new LinkedHashMap<>();
      checkpoint
          .vqWeights()
          .names()
          .forEach(name -> vq.put(name, checkpoint.vqWeights().tensor(name)));
      CheckpointWriter.to(merged)
          .transformer(checkpoint.config().json(), weights)
          .vq(checkpoint.vqConfig().json(), vq)
          .tokenizer(checkpoint.tokenizer())
          .generationConfig(checkpoint.generationConfig().json())
          .write();
    }
    GeneratedPicture adapted = made(new AdapterChoice(adapter, 1));
    try (Dimoo dimoo = Dimoo.open(merged, TinyModel.OPTIONS)) {
      assertThat(dimoo.generate(REQUEST).codes()).isEqualTo(adapted.codes());
    }
    assertThat(adapted.codes()).isNotEqualTo(made().codes());
  }

  @Test
  void aViewWithAdaptersMakesWhatAModelOpenedWithThemMakes() {
    GeneratedPicture plain = made();
    AdapterChoice whole = new AdapterChoice(adapter, 1);
    AdapterChoice turned = new AdapterChoice(adapter, -3);
    GeneratedPicture withWhole = made(whole);
    GeneratedPicture withBoth = made(whole, turned);
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS);
        Dimoo one = dimoo.withAdapters(List.of(whole));
        Dimoo both = one.withAdapters(List.of(turned))) {
      for (int i = 0; i < 2; i++) { // by turns
        same(one.generate(REQUEST), withWhole);
        same(dimoo.generate(REQUEST), plain);
        same(both.generate(REQUEST), withBoth);
      }
      assertThat(withBoth.codes()).isNotEqualTo(withWhole.codes());
    }
  }

  private static void same(GeneratedPicture picture, GeneratedPicture expected) {
    assertThat(picture.codes()).isEqualTo(expected.codes());
    assertThat(picture.picture()).isEqualTo(expected.picture());
    assertThat(picture.recipe()).isEqualTo(expected.recipe());
  }

  /// In each number format in which a model is held otherwise.
  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "int8", "int4"})
  void aViewSharesWeightsOfEveryFormat(String format) {
    ModelOptions options = TinyModel.OPTIONS.withFormat(format);
    List<AdapterChoice> cats = List.of(new AdapterChoice(adapter, 1));
    GeneratedPicture plain;
    GeneratedPicture adapted;
    try (Dimoo dimoo = Dimoo.open(model, options)) {
      plain = dimoo.generate(REQUEST);
    }
    try (Dimoo dimoo = Dimoo.open(model, options.withAdapters(cats))) {
      adapted = dimoo.generate(REQUEST);
    }
    try (Dimoo dimoo = Dimoo.open(model, options);
        Dimoo view = dimoo.withAdapters(cats)) {
      same(view.generate(REQUEST), adapted);
      same(dimoo.generate(REQUEST), plain);
    }
  }

  @Test
  void aViewIsClosedWithTheModelAndNotTheOtherWayRound() {
    Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS);
    Dimoo first = dimoo.withAdapters(List.of(new AdapterChoice(adapter, 1)));
    Dimoo second = dimoo.withAdapters(List.of(new AdapterChoice(adapter, 1)));
    first.close();
    first.close();
    assertThatThrownBy(() -> first.generate(REQUEST)).isInstanceOf(IllegalStateException.class);
    dimoo.generate(REQUEST);
    dimoo.close();
    assertThatThrownBy(() -> second.generate(REQUEST)).isInstanceOf(IllegalStateException.class);
    second.close();
  }

  @Test
  void changesThatCancelEachOtherOrCountNothingLeaveTheModelAsItIs() {
    GeneratedPicture plain = made();
    assertThat(made(new AdapterChoice(adapter, 0)).codes()).isEqualTo(plain.codes());
    assertThat(made(new AdapterChoice(adapter, 1), new AdapterChoice(adapter, -1)).codes())
        .isEqualTo(plain.codes());
  }

  @Test
  void aPictureTellsWhichAdaptersMadeIt() {
    var plain = made().recipe().model();
    var adapted = made(new AdapterChoice(adapter, 1)).recipe().model();
    var half = made(new AdapterChoice(adapter, 0.5)).recipe().model();
    assertThat(plain.name()).isEqualTo("model");
    assertThat(adapted.name()).isEqualTo("model+cats");
    assertThat(half.name()).isEqualTo("model+cats:0.5");
    assertThat(adapted.fingerprint()).isNotEqualTo(plain.fingerprint());
    assertThat(half.fingerprint()).isNotEqualTo(adapted.fingerprint());
  }

  @Test
  void whatIsNoAdapterOfThisModelIsRefusedInOneLine() throws Exception {
    refused(folder.resolve("nowhere"), "adapter_config.json, as an adapter's folder has one: give");
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(1)) {
      String layer = "base_model.model.model.layers.7.self_attn.q_proj";
      Map<String, Tensor> tensors =
          Map.of(
              layer + ".lora_A.weight", drawn(random, RANK, WIDTH),
              layer + ".lora_B.weight", drawn(random, WIDTH, RANK));
      LoraAdapter.write(foreign, new LoraConfig(RANK, ALPHA, false, 0, "qwen"), tensors);
    }
    refused(foreign, "model.layers.7.self_attn.q_proj.weight, which the model does not have");
    Path config = foreign.resolve(LoraConfig.FILE);
    String json = Files.readString(config);
    for (String[] change :
        new String[][] {
          {"\"LORA\"", "\"IA3\"", "peft_type is IA3, expected LORA"},
          {"\"use_dora\" : false", "\"use_dora\" : true", "use_dora is true, expected false"},
          {"\"bias\" : \"none\"", "\"bias\" : \"all\"", "bias is all, expected none"},
          {"\"r\" : 4", "\"r\" : 0", "r is 0, expected a whole number"},
          {"\"r\" : 4", "\"rank_pattern\" : {\"q_proj\": 8}, \"r\" : 4", "rank_pattern"},
        }) {
      Files.writeString(config, json.replace(change[0], change[1]));
      refused(foreign, change[2]);
    }
  }

  private static void refused(Path adapter, String message) {
    assertThatThrownBy(() -> made(new AdapterChoice(adapter, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void viewsLeaveNothingBehind() {
    List<AdapterChoice> cats = List.of(new AdapterChoice(adapter, 1));
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS.withFormat("bfloat16"))) {
      useView(dimoo, cats); // constants that are made on first use
      System.gc();
      long count = Pointer.totalCount();
      for (int i = 0; i < 5; i++) {
        useView(dimoo, cats);
      }
      assertThat(Pointer.totalCount() - count).isLessThan(5);
    }
  }

  private static void useView(Dimoo dimoo, List<AdapterChoice> adapters) {
    try (Dimoo view = dimoo.withAdapters(adapters)) {
      view.generate(REQUEST);
    }
    assertThatThrownBy(
            () -> dimoo.withAdapters(List.of(adapters.getFirst(), new AdapterChoice(folder, 1))))
        .isInstanceOf(UserException.class);
  }

  @Test
  void aChoiceIsAFolderAndAScale() {
    assertThat(AdapterChoice.parse("a/b")).isEqualTo(new AdapterChoice(Path.of("a/b"), 1));
    assertThat(AdapterChoice.parse("a/b:0.25")).isEqualTo(new AdapterChoice(Path.of("a/b"), 0.25));
    assertThat(AdapterChoice.parse("a:b")).isEqualTo(new AdapterChoice(Path.of("a:b"), 1));
    assertThat(AdapterChoice.parse("a:-1")).isEqualTo(new AdapterChoice(Path.of("a"), -1));
    assertThatThrownBy(() -> AdapterChoice.parse("a:NaN")).isInstanceOf(UserException.class);
  }
}
