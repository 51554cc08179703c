package ai.dimoo.request;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A new picture from a picture: editing, control, dense prediction, subject-driven pictures, style
/// transfer, other views. The input is cropped to one of the model's sizes, which is the result's
/// too, whatever the shape of a reference. Immutable.
///
/// @param task what to do, see {@link Task#named}
/// @param prompt the instruction; empty for tasks that have a fixed sentence
/// @param image the picture to work on
/// @param reference the picture whose style to take, for style transfer only; else null
/// @param sampling how it is sampled
public record Edit(
    Task task, String prompt, Picture image, @Nullable Picture reference, Sampling sampling)
    implements ImageRequest {

  /// @throws UserException if the task wants a prompt or a reference that is missing, or does not
  ///   want one that is given
  public Edit {
    Task.Family family = task.family();
    if (family == Task.Family.TEXT_TO_IMAGE || family == Task.Family.UNDERSTANDING) {
      throw new UserException(
          Fault.of("The task %s does not edit pictures.".formatted(task.name()))
              .in("task")
              .mend(Remedy.giveAnother("task")));
    }
    if (family.takesPrompt()) {
      prompt = Prompts.notEmpty(prompt);
    } else if (!prompt.isBlank()) {
      throw new UserException(
          Fault.of("The task %s has a sentence of its own.".formatted(task.name()))
              .in("prompt")
              .mend(Remedy.leaveOut("prompt")));
    }
    boolean wantsReference = family.pictures() > 1;
    if (wantsReference != (reference != null)) {
      throw new UserException(
          wantsReference
              ? Fault.of("The task %s needs a second picture.".formatted(task.name()))
                  .in("reference")
                  .mend(Remedy.give("reference", "the picture whose style to take"))
              : Fault.of("The task %s takes one picture.".formatted(task.name()))
                  .in("reference")
                  .mend(Remedy.leaveOut("reference")));
    }
    sampling.requireOnly(SamplingKind.EDIT, task.name());
  }

  @Override
  public String taskName() {
    return task.name();
  }

  @Override
  public SamplingKind kind() {
    return SamplingKind.EDIT;
  }

  @Override
  public Edit withPrompt(String other) {
    return new Edit(task, other, image, reference, sampling);
  }

  @Override
  public Edit withSampling(Sampling other) {
    return new Edit(task, prompt, image, reference, other);
  }

  @Override
  public List<Picture> pictures() {
    return reference == null ? List.of(image) : List.of(image, reference);
  }

  /// Begins a request.
  ///
  /// @param task see {@link Task#named}
  /// @param image the picture to work on
  public static Builder of(Task task, Picture image) {
    return new Builder(task, image);
  }

  /// Builds an {@link Edit}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder>
      implements EditSetters<Builder> {

    private final Task task;
    private final Picture image;
    private String prompt = "";
    private @Nullable Picture reference;

    private Builder(Task task, Picture image) {
      this.task = task;
      this.image = image;
    }

    /// The instruction.
    public Builder prompt(String prompt) {
      this.prompt = prompt;
      return this;
    }

    /// The picture whose style to take.
    public Builder reference(@Nullable Picture reference) {
      this.reference = reference;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if the task wants a prompt or a reference that is missing, or does not
    ///   want one that is given
    public Edit build() {
      return new Edit(task, prompt, image, reference, sampling());
    }
  }
}
