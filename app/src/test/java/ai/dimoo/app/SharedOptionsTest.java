package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

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
    @Mixin private final ModelOptions model = new ModelOptions();
    @Mixin private final SizeOptions size = new SizeOptions();
    @Mixin private final SamplingOptions sampling = new SamplingOptions();
    @Mixin private final CacheOptions cache = new CacheOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final TextOptions text = new TextOptions();

    @Override
    public void run() {}
  }

  private final AllOptions options = new AllOptions();
  private final StringWriter err = new StringWriter();

  @Test
  void givenOptionsArrive() {
    assertThat(
            run(
                "--width 128 --height=64 --noise exact --cfg-scale 2.5 --timesteps 12 --output a.png"
                    + " --gen-length 16 --model src/test"))
        .isZero();

    assertThat(options.size.width).isEqualTo(128);
    assertThat(options.size.height).isEqualTo(64);
    assertThat(options.sampling.noise).isEqualTo("exact");
    assertThat(options.sampling.cfgScale).isEqualTo(2.5);
    assertThat(options.sampling.timesteps).isEqualTo(12);
    assertThat(options.output.output(7)).isEqualTo(Path.of("a.png"));
    assertThat(options.text.genLength).isEqualTo(16);
    assertThat(options.model.directory()).isEqualTo(Path.of("src/test"));
  }

  @Test
  void whatIsNotGivenIsLeftToTheModel() {
    assertThat(run("")).isZero();

    assertThat(options.size.width).isNull();
    assertThat(options.sampling.noise).isNull();
    assertThat(options.sampling.temperature).isNull();
    assertThat(options.cache.enabled()).isFalse();
    assertThat(options.output.output(7)).isEqualTo(Path.of("dimoo-7.png"));
    assertThat(options.model.directory()).isEqualTo(Path.of("models", "pocket"));
  }

  @ParameterizedTest
  @CsvSource({"--cache", "--cache-ratio 0.5", "--warmup-ratio 0.1", "--refresh-interval 3"})
  void anyCacheOptionTurnsTheCacheOn(String given) {
    assertThat(run(given)).isZero();

    assertThat(options.cache.enabled()).isTrue();
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
