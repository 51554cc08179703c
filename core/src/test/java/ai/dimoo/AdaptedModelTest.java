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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    refused(folder.resolve("nowhere"), "adapter_config.json");
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
  void aChoiceIsAFolderAndAScale() {
    assertThat(AdapterChoice.parse("a/b")).isEqualTo(new AdapterChoice(Path.of("a/b"), 1));
    assertThat(AdapterChoice.parse("a/b:0.25")).isEqualTo(new AdapterChoice(Path.of("a/b"), 0.25));
    assertThat(AdapterChoice.parse("a:b")).isEqualTo(new AdapterChoice(Path.of("a:b"), 1));
    assertThat(AdapterChoice.parse("a:-1")).isEqualTo(new AdapterChoice(Path.of("a"), -1));
    assertThatThrownBy(() -> AdapterChoice.parse("a:NaN")).isInstanceOf(UserException.class);
  }
}
