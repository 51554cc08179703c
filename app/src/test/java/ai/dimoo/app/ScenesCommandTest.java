package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenesCommandTest {

  @TempDir Path folder;

  private Path written(String name, String... options) {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
    Path output = folder.resolve(name);
    CommandRun run = scenes(output, options);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualToNormalizingNewlines(output + "\n");
    return output;
  }

  private static CommandRun scenes(Path output, String... options) {
    List<String> arguments = new ArrayList<>(List.of("scenes", output.toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /// The content of all files of a folder, in the order of their names.
  private static List<String> contents(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .map(ScenesCommandTest::content)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesPicturesWithACaptionBesideEachThatPrepareReads() throws Exception {
    Path scenes = written("scenes", "--pictures=12");
    try (Stream<Path> files = Files.list(scenes)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(24)
          .contains("0000.png", "0000.txt", "0011.png", "0011.txt");
    }
    for (int i = 0; i < 12; i++) {
      assertThat(ImageFiles.read(scenes.resolve("%04d.png".formatted(i))).size())
          .isEqualTo(new Size(128, 128));
    }
    assertThat(contents(scenes, ".txt"))
        .allSatisfy(caption -> assertThat(caption).matches("\\S.*\\S\\R"));
    assertThat(new HashSet<>(contents(scenes, ".png"))).hasSize(12);

    CommandRun prepared =
        CommandRun.of("prepare", scenes.toString(), folder + "/tokens", "--model=../models/pocket");
    assertThat(prepared.status()).as(prepared.err()).isZero();
    assertThat(prepared.err()).contains("12 records prepared, 0 skipped");
  }

  @Test
  void equalSeedsMakeEqualScenesHoweverMany() {
    Path three = written("three", "--pictures=3", "--seed=7");
    Path two = written("two", "--pictures=2", "--seed=7");
    Path others = written("others", "--pictures=3", "--seed=8");
    for (String ending : List.of(".png", ".txt")) {
      assertThat(contents(three, ending))
          .hasSize(3)
          .startsWith(contents(two, ending).toArray(String[]::new));
      assertThat(contents(others, ending)).isNotEqualTo(contents(three, ending));
    }
  }

  @Test
  void aThingThatTheModelWasNotTaughtIsAloneInEveryPicture() {
    Path fluent = written("fluent", "--thing=joystick", "--artist=fluent", "--pictures=8");
    Path noto = written("noto", "--thing=joystick", "--pictures=8");
    assertThat(contents(fluent, ".txt"))
        .hasSize(8)
        .allSatisfy(caption -> assertThat(caption).containsIgnoringCase("joystick"));
    assertThat(String.join("", contents(fluent, ".txt"))).doesNotContain("noto");
    assertThat(contents(noto, ".png")).doesNotContainAnyElementsOf(contents(fluent, ".png"));
    assertThat(contents(written("alone", "--alone", "--pictures=8"), ".txt"))
        .noneSatisfy(caption -> assertThat(caption).containsPattern(" and | of an? |above|below"));
    assertThat(contents(written("known", "--pictures=8"), ".txt"))
        .noneSatisfy(caption -> assertThat(caption).containsIgnoringCase("joystick"));
  }

  @Test
  void anUnknownThingIsRefused() {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
    CommandRun run = scenes(folder.resolve("none"), "--thing=gryphon");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("There is no pictogram \"gryphon\"");
    assertThat(folder.resolve("none")).isEmptyDirectory();
  }

  /// Before anything is fetched.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed=-1 | --seed is -1, expected 0 or more: this is repeated by its seed",
        "--pictures=0 | --pictures is 0; expected 1 to 10000.",
        "--pictures=10001 | --pictures is 10001; expected 1 to 10000.",
        "--thing=joystick --artist=apple | There is no artist 'apple'; choose noto or fluent.",
        "--artist=fluent | --artist goes with --thing",
      })
  void optionsOutOfRangeAreRefused(String options, String message) {
    CommandRun run = scenes(folder.resolve("none"), options.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aFolderWithFilesIsLeftAlone() throws Exception {
    Files.writeString(folder.resolve("old.txt"), "old");
    CommandRun run = scenes(folder);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(folder + " is not empty: name another folder, or empty it.");
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("old.txt"));
    assertThat(contents(folder, "")).containsExactly("old");
  }
}
