package ai.dimoo.langchain4j;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Conversation;
import ai.dimoo.request.Sampling;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  static ChatQuestion of(ChatRequest request, Sampling sampling, Dimoo dimoo) {
    refuseWhatIsUnknown(request.parameters(), dimoo);
    Conversation<ImageContent> conversation = conversation(request.messages());
    Ask question =
        new Ask(
            dimoo.question(conversation),
            pictures(conversation.pictures()),
            false,
            sampling(request, sampling, dimoo));
    return new ChatQuestion(question, conversation.notes());
  }

  private static Conversation<ImageContent> conversation(List<ChatMessage> messages) {
    Conversation.Builder<ImageContent> said = Conversation.builder();
    for (ChatMessage message : messages) {
      switch (message) {
        case SystemMessage words -> said.system(words.text());
        case UserMessage user -> said.user(textOf(user), contents(user, ImageContent.class));
        case AiMessage answer ->
            said.assistant(answer.text() == null ? "" : answer.text(), List.of());
        default ->
            throw new UserException(
                "A message of the kind %s cannot be read: give system, user and AI messages."
                    .formatted(message.type()));
      }
    }
    return said.build();
  }

  private static String textOf(UserMessage message) {
    return contents(message, TextContent.class).stream()
        .map(TextContent::text)
        .collect(Collectors.joining("\n"));
  }

  private static <T extends Content> List<T> contents(UserMessage message, Class<T> kind) {
    for (Content content : message.contents()) {
      if (!(content instanceof TextContent || content instanceof ImageContent)) {
        throw new UserException(
            "Content of the kind %s cannot be read: give text and images."
                .formatted(content.type()));
      }
    }
    return message.contents().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Picture> pictures(List<ImageContent> images) {
    List<Picture> pictures = new ArrayList<>();
    for (ImageContent image : images) {
      pictures.add(PictureData.picture(image.image(), "Image " + (pictures.size() + 1)));
    }
    return pictures;
  }

  private static Sampling sampling(ChatRequest request, Sampling base, Dimoo dimoo) {
    ChatRequestParameters parameters = request.parameters();
    Sampling sampling = base;
    if (parameters.temperature() != null) {
      sampling = sampling.withTemperature(parameters.temperature());
    }
    Integer limit = parameters.maxOutputTokens();
    return limit == null ? sampling : sampling.atMost(limit, dimoo.defaults().text());
  }

  private static void refuseWhatIsUnknown(ChatRequestParameters parameters, Dimoo dimoo) {
    String own = dimoo.model().name();
    if (parameters.modelName() != null && !parameters.modelName().equals(own)) {
      throw new UserException(
          "The model \"%s\" is not here: leave the name out, or say \"%s\"."
              .formatted(parameters.modelName(), own));
    }
    refuse(parameters.topP() != null, "topP");
    refuse(parameters.topK() != null, "topK");
    refuse(parameters.frequencyPenalty() != null, "frequencyPenalty");
    refuse(parameters.presencePenalty() != null, "presencePenalty");
    refuse(!isEmpty(parameters.stopSequences()), "stopSequences");
    refuse(!isEmpty(parameters.toolSpecifications()), "toolSpecifications");
    refuse(isJson(parameters.responseFormat()), "responseFormat JSON");
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  private static boolean isJson(ResponseFormat format) {
    return format != null && format.type() == ResponseFormatType.JSON;
  }

  private static void refuse(boolean given, String parameter) {
    if (given) {
      throw new UserException(
          "The model has no %s: leave that parameter out.".formatted(parameter));
    }
  }
}
