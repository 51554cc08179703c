package ai.dimoo.springai;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Conversation;
import ai.dimoo.request.Sampling;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/// A chat as the question that the model knows: one text about pictures, see {@link
/// Dimoo#question}. The pictures are those of the last message that has any.
///
/// @param request for the library
/// @param left what of the chat is not in it, sentences for the user
record ChatQuestion(Ask request, List<String> left) {

  /// All that is to be said with its answer.
  List<String> notes(Answer answer) {
    return Stream.concat(left.stream(), answer.notes().stream()).toList();
  }

  /// @throws UserException if there is no question, no picture, or something that the model lacks
  static ChatQuestion of(Prompt prompt, Sampling defaults, Dimoo dimoo) {
    Sampling sampling = sampling(prompt.getOptions(), defaults, dimoo);
    Conversation<Media> conversation = conversation(prompt.getInstructions());
    Ask question =
        new Ask(
            dimoo.question(conversation),
            MediaPictures.of(conversation.pictures()),
            false,
            sampling);
    return new ChatQuestion(question, conversation.notes());
  }

  private static Conversation<Media> conversation(List<Message> messages) {
    Conversation.Builder<Media> said = Conversation.builder();
    for (Message message : messages) {
      switch (message) {
        case SystemMessage words -> said.system(textOf(words));
        case UserMessage user -> said.user(textOf(user), user.getMedia());
        case AssistantMessage answer -> said.assistant(textOf(answer), List.of());
        default ->
            throw new UserException(
                "A message of the kind %s cannot be read: give system, user and assistant messages."
                    .formatted(message.getMessageType()));
      }
    }
    return said.build();
  }

  private static String textOf(Message message) {
    return message.getText() == null ? "" : message.getText();
  }

  private static Sampling sampling(@Nullable ChatOptions options, Sampling defaults, Dimoo dimoo) {
    if (options == null) {
      return defaults;
    }
    refuseWhatIsUnknown(options, dimoo);
    Sampling sampling = defaults;
    if (options.getTemperature() != null) {
      sampling = sampling.withTemperature(options.getTemperature());
    }
    Integer limit = options.getMaxTokens();
    return limit == null ? sampling : sampling.atMost(limit, dimoo.defaults().text());
  }

  private static void refuseWhatIsUnknown(ChatOptions options, Dimoo dimoo) {
    String own = dimoo.model().name();
    if (options.getModel() != null && !options.getModel().equals(own)) {
      throw new UserException(
          "The model \"%s\" is not here: leave the name out, or say \"%s\"."
              .formatted(options.getModel(), own));
    }
    refuse(options.getTopP() != null, "topP");
    refuse(options.getTopK() != null, "topK");
    refuse(options.getFrequencyPenalty() != null, "frequencyPenalty");
    refuse(options.getPresencePenalty() != null, "presencePenalty");
    refuse(!isEmpty(options.getStopSequences()), "stopSequences");
    refuse(
        options instanceof ToolCallingChatOptions tools && !isEmpty(tools.getToolCallbacks()),
        "tools");
  }

  private static boolean isEmpty(@Nullable List<?> list) {
    return list == null || list.isEmpty();
  }

  private static void refuse(boolean given, String option) {
    if (given) {
      throw new UserException("The model has no %s: leave that option out.".formatted(option));
    }
  }
}
