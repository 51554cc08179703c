package ai.dimoo.prompt;

import java.util.List;

/// The sentences round a user's text, word for word as the model was trained on them (reference
/// `utils/prompt_utils.py`).
///
/// @param system what the model is to do
/// @param user what the user asks, or the sentence that the task puts in its place
public record PromptTemplate(String system, String user) {

  static final String USER_START = "<user>";
  static final String USER_END = "</user>";
  static final String SYSTEM_START = "<system>";
  static final String SYSTEM_END = "</system>";

  private static final String UNCONDITION = "<uncondition>";

  private static final String TEXT_TO_IMAGE = "Generate an image according to the text prompt.";
  private static final String EDIT =
      "Generate an image applying the following editing instruction based on the original image.";
  private static final String DENSE = "Perform dense prediction on the given images.";
  private static final String CONTROL =
      "Generate an image according to the text prompt and the given control image.";
  private static final String SUBJECT =
      "Generate an image according to the text prompt and the given object image.";
  private static final String STYLE =
      "Transform the current image into the style of the provided image.";
  private static final String MULTI_VIEW = "Generate a view-image based on the given image.";
  private static final String OTHER = "Generate an image according to the prompt and image.";
  private static final String UNDERSTANDING =
      "You are a multimodal model that can process both text and images. Answer the following"
          + " question based on the provided images. Analyze each image and combine relevant"
          + " details to answer.";

  /// The sentences for a task.
  ///
  /// @param prompt the user's text; left out by the families that have a fixed sentence
  public static PromptTemplate of(Task task, String prompt) {
    return switch (task.family()) {
      case TEXT_TO_IMAGE -> new PromptTemplate(TEXT_TO_IMAGE, prompt);
      case EDIT -> new PromptTemplate(EDIT, prompt);
      case DENSE -> new PromptTemplate(DENSE, denseSentence(task.subject()));
      case CONTROL -> new PromptTemplate(CONTROL, prompt);
      case SUBJECT -> new PromptTemplate(SUBJECT, prompt);
      case STYLE -> new PromptTemplate(STYLE, STYLE);
      case MULTI_VIEW ->
          new PromptTemplate(
              MULTI_VIEW,
              "Generate the " + task.view() + " view based on the provided front view.");
      case OTHER -> new PromptTemplate(OTHER, prompt);
      case UNDERSTANDING -> new PromptTemplate(UNDERSTANDING, prompt);
    };
  }

  private static String denseSentence(String subject) {
    String map =
        switch (subject) {
          case "canny" -> "canny edge map";
          case "hed" -> "hed edge map";
          case "normal" -> "normal map";
          case "sam2mask" -> "sam2 mask";
          case "depth" -> "depth map";
          case "openpose" -> "pose estimation map";
          default -> "dense map";
        };
    return "Generate a " + map + " according to the image.";
  }

  private String beforeUser() {
    return SYSTEM_START + system + SYSTEM_END + USER_START;
  }

  /// The whole prompt.
  public String conditional() {
    return beforeUser() + user + USER_END;
  }

  /// The prompt of the guidance branch: the user's text replaced by `<uncondition>`.
  public String unconditional() {
    return beforeUser() + UNCONDITION + USER_END;
  }

  /// Every system sentence.
  public static List<String> systemPrompts() {
    return List.of(
        TEXT_TO_IMAGE, UNDERSTANDING, EDIT, DENSE, CONTROL, SUBJECT, STYLE, MULTI_VIEW, OTHER);
  }
}
