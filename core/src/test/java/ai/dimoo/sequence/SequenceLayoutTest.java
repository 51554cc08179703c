package ai.dimoo.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.prompt.Golden;
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
    TokenSequence sequence =
        layout.image(
            Golden.integers(name, "prompt"),
            uncondPrompt,
            List.of(),
            CodeGrid.masked(
                settings.path("grid").path(0).asInt(), settings.path("grid").path(1).asInt()));
    assertThat(sequence.ids().toArray()).containsExactly(Golden.integers(name, "sequence"));
    assertThat(sequence.image().start()).isEqualTo(settings.path("code_start").asInt());
    assertThat(sequence.withoutText().toArray()).containsExactly(uncondPrompt);
    assertThat(sequence.withoutPictures().toArray()).isEmpty();
  }

  @Test
  void paintingIsTheReferences() throws Exception {
    String name = "inpaint_sampled_cfg";
    int[] expected = Golden.integers(name, "sequence");
    int start = Golden.json("cases.json").path(name).path("code_start").asInt();
    CodeGrid source = new ImageSpan(start, 6, 8).codes(TokenIds.of(expected), special);
    TokenSequence sequence =
        layout.image(
            Golden.integers(name, "prompt"),
            Golden.integers(name, "uncond_prompt"),
            List.of(),
            source);
    assertThat(sequence.ids().toArray()).containsExactly(expected);
    assertThat(sequence.image().start()).isEqualTo(start);
    assertThat(sequence.answerStart()).isEqualTo(start - 2);
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
    CodeGrid source =
        new ImageSpan(prompt.length, rows, columns).codes(TokenIds.of(expected), special);
    TokenSequence sequence = layout.image(prompt, uncond, List.of(source), CodeGrid.masked(6, 8));
    assertThat(sequence.ids().toArray()).containsExactly(expected);
    assertThat(sequence.image().start()).isEqualTo(settings.path("code_start").asInt());
    assertThat(sequence.withoutText().toArray())
        .containsExactly(Golden.integers(name, "uncond_text"));
    assertThat(sequence.withoutPictures().toArray()).containsExactly(prompt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmu_greedy", "mmu_greedy_cfg", "mmu_sampled", "mmu_random_remask"})
  void understandingIsTheReferences(String name) throws Exception {
    int[] expected = Golden.integers(name, "sequence");
    int begin = indexOf(expected, special.beginImage());
    int end = indexOf(expected, special.endImage());
    int columns = indexOf(expected, special.newline()) - begin - 1;
    int rows = (end - begin - 1) / (columns + 1);
    CodeGrid picture =
        new ImageSpan(begin + 1, rows, columns).codes(TokenIds.of(expected), special);
    int[] prompt = Arrays.copyOf(expected, begin + 1);
    prompt[begin] = special.userEnd();
    int length = (int) Arrays.stream(expected).filter(id -> id == special.mask()).count();
    TokenSequence sequence = layout.answer(prompt, List.of(picture), length);
    assertThat(sequence.ids().toArray()).containsExactly(expected);
    assertThat(sequence.text().start()).isEqualTo(indexOf(expected, special.mask()));

    int[] result = Golden.integers(name, "result");
    assertThat(sequence.text().answer(TokenIds.of(result), special).toArray())
        .startsWith(result[sequence.text().start()])
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
    int[] ids = layout.answer(new int[] {1, 2, 309}, List.of(one, two), 2).ids().toArray();
    assertThat(ids)
        .containsExactly(
            1, 2, 317, 323, 324, 318, 316, 317, 325, 318, 326, 318, 316, 309, 315, 319, 319, 314);
  }

  @Test
  void aOneTokenAnswerIsFollowedByPadding() {
    TokenSequence sequence = layout.oneTokenAnswer(new int[] {1, 309}, List.of(), 3);
    assertThat(sequence.ids().toArray()).containsExactly(1, 309, 315, 319, 314, 308, 308, 308);
    assertThat(sequence.text().length()).isEqualTo(1);
  }

  @Test
  void anAnswerEndsAtTheFirstEndToken() {
    TokenSequence sequence = layout.answer(new int[] {1, 309}, List.of(), 4);
    int[] tokens = sequence.ids().toArray();
    int start = sequence.text().start();
    tokens[start] = 20;
    tokens[start + 2] = special.endAnswer();
    tokens[start + 3] = 21;
    TokenIds state = TokenIds.of(tokens);
    assertThat(sequence.text().answer(state, special)).isEqualTo(TokenIds.of(20, special.mask()));
    assertThat(sequence.text().settled(state, special)).isEqualTo(TokenIds.of(20));
  }

  @Test
  void aPictureIsReadAsFarAsItIsDecided() {
    TokenSequence sequence =
        layout.image(new int[] {1, 2, 3}, new int[] {9}, List.of(), CodeGrid.masked(1, 2));
    int[] tokens = sequence.ids().toArray();
    tokens[sequence.image().start()] = special.token(5);
    CodeGrid some = sequence.image().codes(TokenIds.of(tokens), special);
    assertThat(some).isEqualTo(new CodeGrid(1, 2, new int[] {5, CodeGrid.MASKED}));
    assertThat(some.isDecided()).isFalse();
    tokens[sequence.image().start() + 1] = special.token(7);
    CodeGrid all = sequence.image().codes(TokenIds.of(tokens), special);
    assertThat(all).isEqualTo(new CodeGrid(1, 2, new int[] {5, 7}));
    assertThat(all.isDecided()).isTrue();
    tokens[sequence.image().start()] = special.eos();
    assertThatThrownBy(() -> sequence.image().codes(TokenIds.of(tokens), special))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no image code");
  }

  @Test
  void aSequenceMayHaveAPictureAndATextToDecide() {
    TokenIds ids = TokenIds.repeated(special.mask(), 20);
    TokenSequence both =
        new TokenSequence(
            ids,
            3,
            List.of(new ImageSpan(5, 2, 2), new TextSpan(13, 4)),
            TokenIds.NONE,
            TokenIds.NONE);
    assertThat(both.image().end()).isEqualTo(11);
    assertThat(both.text().start()).isEqualTo(13);
    assertThatThrownBy(() -> TokenSequence.of(ids, new TextSpan(18, 4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenSequence.of(ids, new TextSpan(2, 4)).image())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokensDoNotShareTheirArray() {
    int[] array = {1, 2};
    TokenIds ids = TokenIds.of(array);
    array[0] = 9;
    ids.toArray()[1] = 9;
    assertThat(ids).isEqualTo(TokenIds.of(1, 2));
    assertThat(ids.then(ids).slice(1, 3)).isEqualTo(TokenIds.of(2, 1));
    assertThat(TokenIds.of(4, 5, 4).positionsOf(4, 1, 3)).containsExactly(2);
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
