package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/// The groups of options, all together in one command.
class SharedOptionsTest {

  @Command(name = "all")
  static final class AllOptions implements Runnable {
    @Mixin private final OpeningOptions model = new OpeningOptions();
    @Mixin private final SizeOptions size = new SizeOptions();
    @Mixin private final SamplingOptions sampling = new SamplingOptions(SamplingKind.EDIT);
    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public void run() {}
  }

  private final AllOptions options = new AllOptions();
  private final StringWriter err = new StringWriter();

  @Test
  void givenOptionsArrive() {
    assertThat(
            run(
                "--width 128 --height=64 --noise exact --cfg-scale 2.5 --timesteps 12 --output"
                    + " a.png --model src/test"))
        .isZero();

    assertThat(options.size.width).isEqualTo(128);
    assertThat(options.size.height).isEqualTo(64);
    assertThat(options.sampling.sampling(Sampling.DEFAULT))
        .isEqualTo(Sampling.DEFAULT.withNoise(Noise.EXACT).withCfgScale(2.5).withTimesteps(12));
    assertThat(options.output.output(7)).isEqualTo(Path.of("a.png"));
    assertThat(options.model.directory()).isEqualTo(Path.of("src/test"));
  }

  @Test
  void whatIsNotGivenIsLeftToTheModel() {
    assertThat(run("")).isZero();

    assertThat(options.size.width).isNull();
    Sampling like = Sampling.DEFAULT.withCfgScale(3.0);
    assertThat(options.sampling.sampling(like)).isEqualTo(like);
    assertThat(options.output.output(7)).isEqualTo(Path.of("dimoo-7.png"));
    assertThat(options.model.directory()).isEqualTo(Path.of("models", "pocket"));
  }

  @ParameterizedTest
  @CsvSource({"--cache", "--cache-ratio 0.5", "--warmup-ratio 0.1", "--refresh-interval 3"})
  void anyCacheOptionTurnsTheCacheOn(String given) {
    assertThat(run(given)).isZero();

    assertThat(options.sampling.sampling(Sampling.DEFAULT).usesCache()).isTrue();
  }

  @Test
  void noCacheTakesAwayThatOfThePictureToMakeAgain() {
    assertThat(run("--no-cache")).isZero();

    Sampling like = Sampling.DEFAULT.withCache(CacheSettings.DEFAULT);
    assertThat(options.sampling.sampling(like).usesCache()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--noise            | --noise",
        "--width wide       | 'wide' is not a whole number",
        "--cfg-scale high   | 'high' is not a number",
        "--timestep 3       | did you mean --timesteps?",
        "--width 16 --width 32 | --width",
        "a b                | Unexpected argument a"
      })
  void mistakesAreOneLineAndStatus2(String given, String explanation) {
    assertThat(run(given)).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("dimoo: ")
        .contains(explanation)
        .endsWith(" See `dimoo all --help`." + System.lineSeparator());
  }

  @Test
  void everyOptionWithAValueTellsItsDefaultInLinesThatFit() {
    CommandLine command = new CommandLine(options).setUsageHelpWidth(Main.HELP_WIDTH);

    assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertThat(String.join(" ", option.description()))
          .as(option.longestName())
          .contains("default: ");
    }
  }

  private int run(String arguments) {
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), new StopSignal(), false);
    String[] words = ("all " + arguments).strip().split("\\s+");
    return Main.commandLine(terminal).addSubcommand(options).setErr(terminal.err()).execute(words);
  }
}
