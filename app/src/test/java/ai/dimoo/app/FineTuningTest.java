package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.train.optim.TrainingState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From own pictures to an adapter of the shipped model, and to a picture that it makes.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FineTuningTest {

  private static final String MODEL = "--model=../models/pocket";
  private static final int STEPS = 4;

  @TempDir static Path folder;

  private static Path data;
  private static Path tokens;
  private static Path adapter;

  @BeforeAll
  static void pictures() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    tokens = folder.resolve("tokens");
    adapter = folder.resolve("adapter");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 130; i++) { // two shards
      String name = i % 5 + ".png";
      lines.append("{\"user_prompt\": \"grey %d\", \"answer_image\": \"%s\"}\n".formatted(i, name));
    }
    lines.append("{\"user_prompt\": \"gone\", \"answer_image\": \"gone.png\"}\n");
    lines.append("{\"user_prompt\": \"which?\", \"user_image\": \"1.png\"}\n");
    Files.writeString(data.resolve("data.jsonl"), lines);
    for (int i = 0; i < 5; i++) {
      ImageFiles.writePng(
          data.resolve(i + ".png"), Picture.filled(new Size(96, 64), 0x303030 * i), Map.of());
    }
  }

  private static CommandRun prepare(Path output, String... options) {
    return prepare(output, 64, options);
  }

  private static CommandRun prepare(Path output, int side, String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "prepare",
                    data.resolve("data.jsonl").toString(),
                    output.toString(),
                    MODEL,
                    "--side=" + side),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  @Order(1)
  void dataIsPreparedInPartsAndWhatCannotBeUsedIsListed() throws Exception {
    CommandRun second = prepare(tokens, "--part=2/2");
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.err())
        .contains("skipped data.jsonl:132: expected either answer_image")
        .contains("2 records prepared, 2 skipped");
    assertThat(tokens.resolve("records-00001.safetensors")).exists();
    assertThat(tokens.resolve("records-00000.safetensors")).doesNotExist();
    assertThat(Files.readString(tokens.resolve("rejected-00001.txt")))
        .startsWith("data.jsonl:131: ")
        .contains("gone.png");

    byte[] done = Files.readAllBytes(tokens.resolve("records-00001.safetensors"));
    CommandRun all = prepare(tokens);
    assertThat(all.status()).as(all.err()).isZero();
    assertThat(all.err()).contains("130 records prepared, 2 skipped");
    // 16 pictures of 64×32 pixels, with gaps of 4
    assertThat(ImageFiles.read(tokens.resolve("sheet-00000.png")).size())
        .isEqualTo(new Size(4 * 68 + 4, 4 * 36 + 4));
    assertThat(tokens.resolve("records-00001.safetensors")).hasBinaryContent(done);
    try (SafetensorsFile shard = SafetensorsFile.open(tokens.resolve("records-00000.safetensors"));
        PointerScope scope = new PointerScope()) {
      assertThat(shard.names()).hasSize(128);
      // of the sizes with about the area of 64×64, the nearest to 96×64 in shape
      assertThat(shard.info("0.target").sizes()).containsExactly(2, 4);
    }
  }

  @Test
  @Order(2)
  void aFolderOfOtherDataIsLeftAlone() {
    CommandRun other = prepare(tokens, 32);
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("holds other data").contains("side 32");
    for (String part : List.of("0/2", "3/2", "2", "x/y")) {
      CommandRun run = prepare(tokens, "--part=" + part);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("--part is " + part);
    }
  }

  @Test
  @Order(2)
  void thePlanSaysWhatTrainingTakesAndDoesNoMore() {
    CommandRun plan =
        CommandRun.of(
            "train", "lora", tokens.toString(), "-o", adapter.toString(), MODEL, "--plan");
    assertThat(plan.status()).as(plan.err()).isZero();
    List<String> lines = plan.out().lines().toList();
    double sum =
        lines.subList(0, 6).stream()
            .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ([\\d.]+) GB", "$1")))
            .sum();
    assertThat(lines.get(6)).matches("together +[\\d.]+ GB");
    double together = Double.parseDouble(lines.get(6).replaceAll(".* ([\\d.]+) GB", "$1"));
    assertThat(together).isCloseTo(sum, within(0.4)); // each is rounded
    // 8 records of a picture of 2×4 codes in its layout, and few words
    assertThat(lines.get(7)).matches("the first of 2 ranks +[\\d.]+ GB");
    assertThat(lines.get(9)).matches("the first of 8 ranks +[\\d.]+ GB");
    assertThat(lines.get(10)).isEqualTo("184 tokens at once, 23 in the longest record");
    assertThat(lines.get(11)).contains(" GB are free in ");
    assertThat(adapter).doesNotExist();
  }

  private static CommandRun train(StopSignal stop, Path output, String... options) {
    return train("lora", stop, output, Stream.concat(Stream.of("--rank=2"), Stream.of(options)));
  }

  private static CommandRun train(
      String kind, StopSignal stop, Path output, Stream<String> options) {
    Stream<String> usual = Stream.of(MODEL, "--dtype=float32");
    return trainAs(kind, stop, output, Stream.concat(usual, options));
  }

  private static CommandRun trainAs(
      String kind, StopSignal stop, Path output, Stream<String> options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments =
        new ArrayList<>(List.of("train", kind, tokens.toString(), "-o", output.toString()));
    arguments.addAll(List.of("--steps=" + STEPS, "--batch=2", "--threads=1"));
    arguments.addAll(options.toList());
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), stop, false);
    int status = Main.run(terminal, arguments.toArray(String[]::new));
    return new CommandRun(status, out.toString(), err.toString());
  }

  @Test
  @Order(3)
  void aTrainingThatIsStoppedGoesOnToTheSameAdapter() {
    CommandRun whole = train(new StopSignal(), adapter, "--prompt=a red circle");
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(adapter.resolve("run/lora/sheet-" + STEPS + ".png")).exists();

    Path other = folder.resolve("stopped");
    StopSignal stop = new StopSignal();
    stop.stop(); // after one step
    assertThat(train(stop, other).status()).isEqualTo(130);
    assertThat(TrainingState.stepOf(other.resolve("run/lora/state.safetensors"))).isEqualTo(1);
    CommandRun rest = train(new StopSignal(), other);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(other.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(adapter.resolve("adapter_model.safetensors"));
  }

  /// What is dropped depends on the step alone: the same after a stop and where blocks are computed
  /// again.
  @Test
  @Order(4)
  void dropoutAndWhatIsPreservedAreTheSameInEveryRun() throws Exception {
    Path whole = folder.resolve("dropping");
    String preserve = "--preserve=" + tokens;
    CommandRun run = train(new StopSignal(), whole, "--dropout=0.5", preserve);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(whole.resolve("adapter_config.json")).content().contains("\"lora_dropout\" : 0.5");
    byte[] learned = Files.readAllBytes(whole.resolve("adapter_model.safetensors"));
    assertThat(adapter.resolve("adapter_model.safetensors").toFile())
        .satisfies(plain -> assertThat(Files.readAllBytes(plain.toPath())).isNotEqualTo(learned));

    Path other = folder.resolve("dropping-stopped");
    StopSignal stop = new StopSignal();
    stop.stop();
    CommandRun begun = train(stop, other, "--dropout=0.5", preserve, "--recompute");
    assertThat(begun.status()).as(begun.err()).isEqualTo(130);
    assertThat(train(new StopSignal(), other, "--dropout=0.5").status()).isEqualTo(2);
    CommandRun rest = train(new StopSignal(), other, "--dropout=0.5", preserve, "--recompute");
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(other.resolve("adapter_model.safetensors")).hasBinaryContent(learned);
  }

  private static CommandRun trainOver(
      String model, String dtype, StopSignal stop, Path output, String... options) {
    Stream<String> usual = Stream.of("--rank=2", "--model=" + model, "--dtype=" + dtype);
    return trainAs("lora", stop, output, Stream.concat(usual, Stream.of(options)));
  }

  /// Converted for the training or by `quantize`, at once or after a stop.
  @ParameterizedTest
  @ValueSource(strings = {"int8", "int4"})
  @Order(4)
  void aModelInFewBitsGetsTheSameAdapterInEveryWay(String few) throws Exception {
    String pocket = "../models/pocket";
    Path whole = folder.resolve("over-" + few);
    CommandRun run = trainOver(pocket, few + "+float32", new StopSignal(), whole);
    assertThat(run.status()).as(run.err()).isZero();
    byte[] learned = Files.readAllBytes(whole.resolve("adapter_model.safetensors"));
    assertThat(Files.readAllBytes(adapter.resolve("adapter_model.safetensors")))
        .isNotEqualTo(learned);

    Path copy = folder.resolve("pocket-" + few);
    CommandRun made = CommandRun.of("quantize", pocket, copy.toString(), "--weights=" + few);
    assertThat(made.status()).as(made.err()).isZero();
    Path other = folder.resolve("over-" + few + "-stopped");
    StopSignal stop = new StopSignal();
    stop.stop(); // after one step
    assertThat(trainOver(copy.toString(), "float32", stop, other).status()).isEqualTo(130);
    assertThat(TrainingState.stepOf(other.resolve("run/lora/state.safetensors"))).isEqualTo(1);
    String prompt = "--prompt=a red circle";
    CommandRun rest = trainOver(copy.toString(), "float32", new StopSignal(), other, prompt);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(other.resolve("adapter_model.safetensors")).hasBinaryContent(learned);
    assertThat(other.resolve("run/lora/sheet-" + STEPS + ".png")).exists();

    CommandRun drawn =
        CommandRun.of(
            "generate",
            "a red circle",
            "--model=" + copy,
            "--lora=" + whole,
            "--seed=1",
            "--timesteps=2",
            "-o",
            folder + "/few.png");
    assertThat(drawn.status()).as(drawn.err()).isZero();
    CommandRun plan = trainOver(copy.toString(), "float32", new StopSignal(), other, "--plan");
    assertThat(plan.out()).startsWith("model's weights, blocks in " + few);

    String wrong = few.equals("int8") ? "int4" : "int8";
    CommandRun mixed = trainOver(copy.toString(), wrong, new StopSignal(), other);
    assertThat(mixed.status()).isEqualTo(2);
    assertThat(mixed.err()).contains("stored in " + few + ", and " + wrong + " was asked for");
    CommandRun all =
        trainAs("full", new StopSignal(), folder.resolve("none"), Stream.of("--model=" + copy));
    assertThat(all.status()).isEqualTo(2);
    assertThat(all.err()).contains("in " + few + ", which cannot learn", "dimoo train lora");
  }

  @Test
  @Order(4)
  void theAdapterMakesPictures() {
    Path picture = folder.resolve("out.png");
    CommandRun run =
        CommandRun.of(
            "generate",
            "a red circle",
            MODEL,
            "--seed=1",
            "--timesteps=2",
            "--lora=" + adapter + ":0.5",
            "-o",
            picture.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ImageFiles.textOf(picture).toString()).contains("pocket+adapter:0.5");
  }

  @Test
  @Order(5)
  void theAdapterIsMergedIntoAModelOfItsOwn() {
    Path merged = folder.resolve("merged");
    CommandRun run =
        CommandRun.of("merge", "../models/pocket", "--lora=" + adapter, "-o", merged.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualToNormalizingNewlines(merged + "\n");
    CommandRun shown = CommandRun.of("inspect", merged.toString());
    assertThat(shown.out())
        .isEqualTo(
            CommandRun.of("inspect", "../models/pocket")
                .out()
                .replace(Path.of("../models/pocket").toString(), merged.toString()));

    CommandRun none = CommandRun.of("merge", "../models/pocket", "-o", folder + "/none");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("--lora");
  }

  @Test
  @Order(6)
  void allWeightsAreTrainedToAModelOfItsOwn() throws Exception {
    Path model = folder.resolve("full");
    CommandRun whole = train("full", new StopSignal(), model, Stream.of("--prompt=a red circle"));
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.out().strip()).endsWith(model.toString());
    assertThat(model.resolve("run/full/sheet-" + STEPS + ".png")).exists();
    for (String file : List.of("tokenizer.json", "generation_config.json", "vqvae/config.json")) {
      assertThat(model.resolve(file)).hasSameBinaryContentAs(Path.of("../models/pocket", file));
    }
    try (SafetensorsFile before =
            SafetensorsFile.open(Path.of("../models/pocket/model.safetensors"));
        SafetensorsFile after = SafetensorsFile.open(model.resolve("model.safetensors"));
        PointerScope scope = new PointerScope()) {
      assertThat(after.names()).isEqualTo(before.names());
      String down = "model.transformer.blocks.0.ff_out.weight";
      assertThat(after.info(down).dtype()).isEqualTo(before.info(down).dtype());
      assertThat(after.tensor(down).equal(before.tensor(down))).isFalse();
    }

    Path other = folder.resolve("full-stopped");
    StopSignal stop = new StopSignal();
    stop.stop();
    assertThat(train("full", stop, other, Stream.of("--recompute")).status()).isEqualTo(130);
    CommandRun rest = train("full", new StopSignal(), other, Stream.of("--recompute"));
    assertThat(rest.status()).as(rest.err()).isZero();
    CommandRun drawn =
        CommandRun.of(
            "generate",
            "a red circle",
            "--model=" + other,
            "-o",
            folder + "/full.png",
            "--seed=1",
            "--timesteps=4");
    assertThat(drawn.status()).as(drawn.err()).isZero();

    CommandRun over = train("full", new StopSignal(), folder.resolve("merged"), Stream.of());
    assertThat(over.status()).isEqualTo(2);
    assertThat(over.err()).contains("holds a model already");
  }

  @Test
  @Order(7)
  void whatCannotBeTrainedIsRefusedInOneLine() {
    for (String option :
        List.of("--rank=0", "--learning-rate=0", "--alpha=-1", "--batch=0", "--dropout=1")) {
      CommandRun run = train(new StopSignal(), folder.resolve("none"), option);
      assertThat(run.status()).as(option).isEqualTo(2);
      assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
    }
    CommandRun few =
        trainAs("full", new StopSignal(), folder.resolve("none"), Stream.of("--dtype=int8"));
    assertThat(few.status()).isEqualTo(2);
    assertThat(few.err()).contains("--dtype is int8, expected bfloat16 or float32");
    CommandRun strange =
        trainOver("../models/pocket", "int2", new StopSignal(), folder.resolve("none"));
    assertThat(strange.status()).isEqualTo(2);
    assertThat(strange.err()).contains("--dtype is int2, expected bfloat16, float32, int8 or int4");
    CommandRun another = train(new StopSignal(), adapter, "--seed=7");
    assertThat(another.status()).isEqualTo(2);
    assertThat(another.err()).contains("begun with another recipe");
    CommandRun none =
        CommandRun.of("train", "lora", data.toString(), "-o", folder + "/none", MODEL);
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("no prepared records");
  }
}
