package ai.dimoo.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private final Conversation<String> conversation =
      Conversation.<String>builder()
          .user("What is it?", List.of("old.png"))
          .assistant("a circle", List.of())
          .system("Be brief.")
          .user("And this?", List.of("new.png", "newer.png"))
          .user("Which colour?", List.of())
          .build();

  @Test
  void theQuestionIsAboutTheNewestPictures() {
    assertThat(conversation.question().text()).isEqualTo("Which colour?");
    assertThat(conversation.pictures()).containsExactly("new.png", "newer.png");
    assertThat(conversation.system()).containsExactly("Be brief.");
  }

  @Test
  void whatTheModelIsNotGivenIsSaid() {
    assertThat(conversation.notes())
        .containsExactly(
            "The model was trained on single questions: it is not given the system's words and the"
                + " 3 earlier messages.");
    assertThat(Conversation.<String>builder().user("What?", List.of()).build().notes()).isEmpty();
    assertThat(
            Conversation.<String>builder()
                .system(" ")
                .user("Hello", List.of())
                .user("What?", List.of())
                .build()
                .notes()
                .getFirst())
        .endsWith("it is not given the earlier message.");
  }

  @Test
  void theLastToSpeakIsTheUser() {
    assertThatThrownBy(() ->
            Conversation.<String>builder()
                .user("What?", List.of())
                .assistant("That.", List.of())
                .build())
        .isInstanceOf(UserException.class)
        .hasMessage("The last message has to be the user's: it is the question.");
  }
}
