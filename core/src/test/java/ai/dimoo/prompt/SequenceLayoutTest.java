package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SequenceLayoutTest {

  private final SpecialTokens special = Golden.layout();
  private final SequenceLayout layout = new SequenceLayout(special);

  @ParameterizedTest
  @ValueSource(strings = {"t2i_greedy", "t2i_greedy_cfg", "t2i_sampled_cfg"})
  void textToImageIsTheReferences(String name) throws Exception {
    JsonNode settings = Golden.json("cases.json").path(name);
    int[] uncondPrompt = Golden.integers(name, "uncond_prompt");
    ImageSequence sequence =
        layout.textToImage(
            Golden.integers(name, "prompt"),
            uncondPrompt,
            settings.path("grid").path(0).asInt(),
            settings.path("grid").path(1).asInt());
    assertThat(sequence.ids()).containsExactly(Golden.integers(name, "sequence"));
    assertThat(sequence.codeStart()).isEqualTo(settings.path("code_start").asInt());
    assertThat(sequence.uncondText()).containsExactly(uncondPrompt);
    assertThat(sequence.uncondImage()).isEmpty();
  }

  @Test
  void paintingIsTheReferences() throws Exception {
    String name = "inpaint_sampled_cfg";
    int[] expected = Golden.integers(name, "sequence");
    int start = Golden.json("cases.json").path(name).path("code_start").asInt();
    CodeGrid source = CodeGrid.read(expected, start, 6, 8, special, 7);
    boolean[] masked = new boolean[48];
    for (int i = 0; i < 48; i++) {
      masked[i] = expected[start + i / 8 * 9 + i % 8] == special.mask();
    }
    ImageSequence sequence =
        layout.painting(
            Golden.integers(name, "prompt"),
            Golden.integers(name, "uncond_prompt"),
            source,
            masked);
    assertThat(sequence.ids()).containsExactly(expected);
    assertThat(sequence.codeStart()).isEqualTo(start);
    assertThat(expected).contains(special.mask());
  }

  @ParameterizedTest
  @ValueSource(strings = {"i2i_greedy", "i2i_sampled", "i2i_nocfg"})
  void imageToImageIsTheReferences(String name) throws Exception {
    JsonNode settings = Golden.json("cases.json").path(name);
    int[] expected = Golden.integers(name, "sequence");
    int[] prompt = Golden.integers(name, "uncond_image");
    int[] uncond = {312, expected[1], expected[2], expected[3], expected[4], 311, 310, 313, 309};
    // IMG stands before </user>, so its first code is just after <IMAGE>.
    int rows = settings.path("source_grid").path(0).asInt();
    int columns = settings.path("source_grid").path(1).asInt();
    CodeGrid source = CodeGrid.read(expected, prompt.length, rows, columns, special, -1);
    ImageSequence sequence = layout.imageToImage(prompt, uncond, List.of(source), 6, 8);
    assertThat(sequence.ids()).containsExactly(expected);
    assertThat(sequence.codeStart()).isEqualTo(settings.path("code_start").asInt());
    assertThat(sequence.uncondText()).containsExactly(Golden.integers(name, "uncond_text"));
    assertThat(sequence.uncondImage()).containsExactly(prompt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmu_greedy", "mmu_greedy_cfg", "mmu_sampled", "mmu_random_remask"})
  void understandingIsTheReferences(String name) throws Exception {
    int[] expected = Golden.integers(name, "sequence");
    int begin = indexOf(expected, special.beginImage());
    int end = indexOf(expected, special.endImage());
    int columns = indexOf(expected, special.newline()) - begin - 1;
    int rows = (end - begin - 1) / (columns + 1);
    CodeGrid picture = CodeGrid.read(expected, begin + 1, rows, columns, special, -1);
    int[] prompt = Arrays.copyOf(expected, begin + 1);
    prompt[begin] = special.userEnd();
    int length = (int) Arrays.stream(expected).filter(id -> id == special.mask()).count();
    AnswerSequence sequence = layout.answer(prompt, List.of(picture), length);
    assertThat(sequence.ids()).containsExactly(expected);
    assertThat(sequence.codeStart()).isEqualTo(indexOf(expected, special.mask()));

    int[] result = Golden.integers(name, "result");
    assertThat(sequence.answer(result, special))
        .startsWith(result[sequence.codeStart()])
        .doesNotContain(special.mask());
  }

  private static int indexOf(int[] ids, int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    throw new AssertionError("no " + id);
  }

  @Test
  void picturesStandOneAfterTheOtherBeforeTheEndOfTheUsersText() {
    CodeGrid one = new CodeGrid(1, 2, new int[] {3, 4});
    CodeGrid two = new CodeGrid(2, 1, new int[] {5, 6});
    int[] ids = layout.answer(new int[] {1, 2, 309}, List.of(one, two), 2).ids();
    assertThat(ids)
        .containsExactly(
            1, 2, 317, 323, 324, 318, 316, 317, 325, 318, 326, 318, 316, 309, 315, 319, 319, 314);
  }

  @Test
  void aOneTokenAnswerIsFollowedByPadding() {
    AnswerSequence sequence = layout.oneTokenAnswer(new int[] {1, 309}, List.of(), 3);
    assertThat(sequence.ids()).containsExactly(1, 309, 315, 319, 314, 308, 308, 308);
    assertThat(sequence.length()).isEqualTo(1);
  }

  @Test
  void anAnswerEndsAtTheFirstEndToken() {
    AnswerSequence sequence = layout.answer(new int[] {1, 309}, List.of(), 4);
    int[] tokens = sequence.ids();
    tokens[sequence.codeStart()] = 20;
    tokens[sequence.codeStart() + 1] = special.endAnswer();
    tokens[sequence.codeStart() + 2] = 21;
    assertThat(sequence.answer(tokens, special)).containsExactly(20);
  }

  @Test
  void aPictureIsReadOnceItIsDecided() {
    ImageSequence sequence = layout.textToImage(new int[] {1, 2, 3}, new int[] {9}, 1, 2);
    int[] tokens = sequence.ids();
    tokens[sequence.codeStart()] = special.token(5);
    tokens[sequence.codeStart() + 1] = special.token(7);
    assertThat(sequence.codes(tokens, special)).isEqualTo(new CodeGrid(1, 2, new int[] {5, 7}));
    tokens[sequence.codeStart()] = special.mask();
    assertThatThrownBy(() -> sequence.codes(tokens, special))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void gridsDoNotShareTheirCodes() {
    int[] codes = {1, 2};
    CodeGrid grid = new CodeGrid(1, 2, codes);
    codes[0] = 9;
    grid.codes()[1] = 9;
    assertThat(grid).isEqualTo(new CodeGrid(1, 2, new int[] {1, 2}));
    assertThatThrownBy(() -> new CodeGrid(2, 2, new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
