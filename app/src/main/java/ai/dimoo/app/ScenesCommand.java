package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.WholeFile;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import ai.dimoo.train.worlds.pictograms.training.CaptionedScenes;
import ai.dimoo.train.worlds.pictograms.training.CaptionedScenes.Captioned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo scenes`: pictures of the world of pictograms with captions, to try fine-tuning on.
@Command(
    name = "scenes",
    description =
        "Write pictures of the pocket model's world with a caption beside each (0000.png, 0000.txt), as"
            + " `dimoo prepare` reads them: of things that the model was taught, or of one that it was not."
            + " Needs the pictograms, and fetches them (npm).",
    footer = {
      "",
      "Example: ./dimoo scenes joystick --thing joystick --artist fluent",
      "         ./dimoo scenes known --pictures 400",
      "         ./dimoo scenes alone --pictures 400 --alone"
    })
final class ScenesCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "The folder to write into, new or empty.")
  private @Nullable Path output;

  @Option(
      names = "--thing",
      paramLabel = "NAME",
      description =
          "One of the 850 pictograms, alone in every picture, such as joystick or banjo (default: scenes"
              + " of the things that the pocket model was taught).")
  private @Nullable String thing;

  @Option(
      names = "--alone",
      description =
          "One thing in every picture, in place of scenes of all kinds (default: off; with --thing it is so"
              + " in any case).")
  private boolean alone;

  @Option(
      names = "--artist",
      paramLabel = "NAME",
      description = "With --thing: who drew it, noto or fluent (default: noto).")
  private @Nullable String artist;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "How many, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int pictures = 16;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is drawn at random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  ScenesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (pictures < 1 || pictures > 10_000) {
      throw new UserException("--pictures is %d; expected 1 to 10000.".formatted(pictures));
    }
    RepeatedSeed.require(seed);
    Artist by = artist();
    requireEmpty();
    IconFolder.fetch();
    CaptionedScenes scenes =
        thing == null ? CaptionedScenes.ofTaught(alone, seed) : CaptionedScenes.of(thing, by, seed);
    for (int i = 0; i < pictures; i++) {
      terminal.stop().check();
      Captioned made = scenes.at(i);
      String name = "%04d".formatted(i);
      ImageFiles.writePng(output.resolve(name + ".png"), made.picture(), Map.of());
      byte[] caption = (made.caption() + "\n").getBytes(StandardCharsets.UTF_8);
      WholeFile.write(output.resolve(name + ".txt"), caption);
    }
    terminal.out().println(output);
  }

  private Artist artist() {
    if (artist == null) {
      return Artist.NOTO;
    }
    if (thing == null) {
      throw new UserException(
          "--artist goes with --thing: scenes of what the model was taught are by both artists.");
    }
    return Stream.of(Artist.values())
        .filter(one -> one.word().equals(artist))
        .findFirst()
        .orElseThrow(() ->
            new UserException("There is no artist '%s'; choose noto or fluent.".formatted(artist)));
  }

  /// Pictures of an earlier call would be trained on with these.
  private void requireEmpty() {
    try {
      Files.createDirectories(output);
      try (Stream<Path> files = Files.list(output)) {
        if (files.findAny().isPresent()) {
          throw new UserException(
              "%s is not empty: name another folder, or empty it.".formatted(output));
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write the folder %s: %s.".formatted(output, FileFaults.reason(e)), e);
    }
  }
}
