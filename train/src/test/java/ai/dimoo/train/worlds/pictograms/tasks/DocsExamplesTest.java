package ai.dimoo.train.worlds.pictograms.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.image.Picture;
import ai.dimoo.knowledge.UnknownWord;
import ai.dimoo.knowledge.VocabularyCheck;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.judge.Judge;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the docs and help texts ask the pocket model for is what it knows, and the judge can tell
/// whether it comes.
class DocsExamplesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> PAGES =
      List.of(
          "README.md",
          "docs/api.md",
          "docs/cli.md", // the help texts
          "docs/install.md",
          "docs/integrations.md",
          "docs/library.md",
          "docs/prompts.md",
          "docs/serving.md");

  /// Examples of other models: another folder, or an adapter.
  private static final Pattern OTHER_MODEL = Pattern.compile("--model |--lora |train (lora|full) ");

  private static final Pattern DRAWN =
      Pattern.compile(
          "(?:dimoo generate |\"prompt\": |TextToImage\\.of\\(|ImagePrompt\\(|images\\.generate\\()\"([^\"]+)\"");

  private static final Pattern ASKED =
      Pattern.compile(
          "(?:dimoo (?:ask|edit|inpaint|outpaint|retouch) [^\"]*|-F prompt="
              + "|(?:Ask|Inpaint|Outpaint)\\.of\\(|\\.(?:retouch|prompt)\\()\"([^\"]+)\"");

  /// What is right for what is drawn from words alone, in [Notation].
  private static final Map<String, String> RIGHT =
      Map.of(
          "a fox to the left of a pizza", "fox left_of pizza; pizza",
          "a fox", "fox",
          "a cat", "cat",
          "a photo of a cat", "cat");

  private static final int SEEDS = 4;

  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = Dimoo.open(ROOT.resolve("models/pocket"));
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  static List<String> pages() {
    return PAGES;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theModelKnowsAllThatExamplesAskFor(String page) {
    VocabularyCheck vocabulary = new VocabularyCheck(dimoo.knowledge());
    Set<String> texts = found(page, DRAWN);
    texts.addAll(found(page, ASKED));

    assertThat(texts).as("examples of %s", page).isNotEmpty();
    for (String text : texts) {
      assertThat(vocabulary.unknown(text).stream().map(UnknownWord::note))
          .as("%s: %s", page, text)
          .isEmpty();
    }
  }

  @Test
  void theCheckFindsWhatTheModelDoesNotKnow() {
    assertThat(new VocabularyCheck(dimoo.knowledge()).unknown("a lighthouse in the fog"))
        .hasSize(2);
  }

  @Test
  void theJudgeCanTellWhetherEveryPictureOfTheDocsIsRight() {
    assertThat(RIGHT.keySet()).containsExactlyInAnyOrderElementsOf(drawn());
    for (String notation : RIGHT.values()) {
      assertThat(Notation.requirement(notation, null).parts()).isNotEmpty();
    }
  }

  private static Set<String> drawn() {
    Set<String> all = new TreeSet<>();
    PAGES.forEach(page -> all.addAll(found(page, DRAWN)));
    return all;
  }

  private static Set<String> found(String page, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    for (String line : lines(page)) {
      Matcher matcher = pattern.matcher(line);
      while (!OTHER_MODEL.matcher(line).find() && matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  private static Collection<String> lines(String page) {
    try {
      return Files.readAllLines(ROOT.resolve(page));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// How many are right is the model's affair; that some are is that of the docs.
  @Test
  @Tag("slow")
  @EnabledIfEnvironmentVariable(
      named = "DIMOO_SLOW_TESTS",
      matches = "1",
      disabledReason = "it draws each example of the docs four times: DIMOO_SLOW_TESTS=1 runs it")
  void theJudgeFindsTheDocsPicturesRight(TestReporter reporter) {
    Judge judge = AllThings.judge();
    int right = 0;
    for (Map.Entry<String, String> example : RIGHT.entrySet()) {
      Requirement requirement = Notation.requirement(example.getValue(), null);
      int ofThis = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        Picture picture =
            dimoo.generate(TextToImage.of(example.getKey()).seed(seed).build()).picture();
        ofThis += judge.satisfies(requirement, picture) ? 1 : 0;
      }
      reporter.publishEntry(example.getKey(), "%d of %d are right".formatted(ofThis, SEEDS));
      right += ofThis;
    }
    int all = SEEDS * RIGHT.size();
    reporter.publishEntry("all examples of the docs", "%d of %d are right".formatted(right, all));
    assertThat(right).as("right of %d", all).isPositive();
  }
}
