package ai.dimoo.train.worlds.shapes;

/// A change to a picture and the instruction that asks for it.
///
/// @param before the picture to change
/// @param after what it is to become
/// @param instruction what is asked for, in words
/// @param task which of the model's editing tasks it is
public record Edit(Scene before, Scene after, String instruction, Task task) {

  /// The editing tasks that the shapes world knows: `edit_add` and so on in the reference
  /// (`edit_type` of its image-to-image script).
  public enum Task {
    ADD,
    REMOVE,
    REPLACE,
    BACKGROUND
  }
}
