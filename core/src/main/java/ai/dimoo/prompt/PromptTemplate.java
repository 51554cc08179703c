package ai.dimoo.prompt;

import java.util.List;

/// The sentences round a user's text, word for word as the model was trained on them (reference
/// `utils/prompt_utils.py`).
///
/// @param system what the model is to do
/// @param user what the user asks, or the sentence that the task puts in its place
public record PromptTemplate(String system, String user) {

  static final String TEXT_TO_IMAGE = "Generate an image according to the text prompt.";
  static final String EDIT =
      "Generate an image applying the following editing instruction based on the original image.";
  static final String DENSE = "Perform dense prediction on the given images.";
  static final String CONTROL =
      "Generate an image according to the text prompt and the given control image.";
  static final String SUBJECT =
      "Generate an image according to the text prompt and the given object image.";
  static final String STYLE = "Transform the current image into the style of the provided image.";
  static final String MULTI_VIEW = "Generate a view-image based on the given image.";
  static final String UNDERSTANDING =
      "You are a multimodal model that can process both text and images. Answer the following"
          + " question based on the provided images. Analyze each image and combine relevant"
          + " details to answer.";
  static final String OTHER = "Generate an image according to the prompt and image.";

  /// Every system sentence.
  public static List<String> systemPrompts() {
    return List.of(
        TEXT_TO_IMAGE, UNDERSTANDING, EDIT, DENSE, CONTROL, SUBJECT, STYLE, MULTI_VIEW, OTHER);
  }
}
