package ai.dimoo.train.shapes;

/// A change to a picture and the instruction that asks for it.
///
/// @param task the editing task's name in the reference (`edit_type` of its image-to-image script)
public record Edit(Scene before, Scene after, String instruction, Task task) {

  /// The editing tasks that the shapes world knows.
  public enum Task {
    ADD("edit_add"),
    REMOVE("edit_remove"),
    REPLACE("edit_replace"),
    BACKGROUND("edit_background");

    private final String wireName;

    Task(String wireName) {
      this.wireName = wireName;
    }

    /// `edit_add` and so on.
    public String wireName() {
      return wireName;
    }
  }
}
