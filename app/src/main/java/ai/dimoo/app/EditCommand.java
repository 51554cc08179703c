package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo edit`: a new picture from a picture.
@Command(
    name = "edit",
    description =
        "Make a new picture from a picture: edit it as a sentence says, draw by a control image,"
            + " predict edges, depth or poses, put its object elsewhere, take another picture's style,"
            + " show another view.",
    footer = {"", "Example: ./dimoo edit -i x.png --task edit_remove \"Remove the pizza.\""})
final class EditCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description =
          "What to do, in quotes; left out by dense prediction, style transfer and multi-view.")
  private @Nullable String prompt;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "edit_add, edit_remove, edit_replace, edit_background, edit_text_transfer, canny_control,"
              + " hed_control, depth_control, openpose_control, canny_dense, hed_dense, depth_dense,"
              + " openpose_dense, normal_dense, sam2mask_dense, subject_driven, image_ref_transfer,"
              + " multi_view_VIEW or other (default: none; needed unless --like is given).")
  private @Nullable String task;

  @Option(
      names = "--reference-prompts",
      description =
          "Choose the task's sentences as the reference implementation does, by parts of its name:"
              + " canny_pred and the like then take your prompt (default: off).")
  private boolean referencePrompts;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "The picture whose style to take, for image_ref_transfer (default: none).")
  private @Nullable Path reference;

  @Mixin private final InputOptions input = new InputOptions();
  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.EDIT);

  EditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Recipe.of(Edit.class), "edit");
    Task wanted = task(like);
    Map<String, Picture> inputs = new LinkedHashMap<>();
    Picture image = input.file().picture();
    inputs.put(Recipe.IMAGE, image);
    Picture style = reference == null ? null : new InputFile(reference).picture();
    if (style != null) {
      inputs.put(Recipe.REFERENCE, style);
    }
    Edit request =
        like != null && task == null && !referencePrompts
            ? (Edit) like.request(new Recipe.Inputs(image, null, style))
            : new Edit(wanted, prompt(wanted, like), image, style, sampling(like));
    new PictureRun(terminal, "edit", options).make(options.changed(request, prompt), like, inputs);
  }

  private String prompt(Task wanted, @Nullable Recipe like) {
    // a picture to make again may be one of another task, whose prompt was not typed now
    boolean none = prompt == null && !wanted.family().takesPrompt();
    if (none) {
      return "";
    }
    return prompt == null && like != null ? like.prompt() : PromptText.required(prompt);
  }

  private static Sampling sampling(@Nullable Recipe like) {
    return like == null ? Sampling.DEFAULT : like.sampling();
  }

  private Task task(@Nullable Recipe like) {
    if (task != null) {
      return named(task, referencePrompts);
    }
    if (like == null) {
      throw new UserException("No task: give --task, for example --task edit_add.");
    }
    return referencePrompts ? Task.asReference(like.task()) : like.editTask();
  }

  private static Task named(String name, boolean asReference) {
    return asReference ? Task.asReference(name) : Task.named(name);
  }
}
