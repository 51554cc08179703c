package ai.dimoo.prompt;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the model is asked to do with a prompt and pictures. The name is the reference's
/// `edit_type`, the family decides the sentences of the prompt.
///
/// Immutable.
///
/// @param name such as `edit_add`, `depth_control`, `canny_dense`, `multi_view_left`
/// @param family which prompt template it takes
public record Task(String name, Family family) {

  /// Tasks that share a prompt template.
  public enum Family {
    /// a picture from a sentence
    TEXT_TO_IMAGE(0, true),
    /// a map of a picture: edges, depth, poses and so on; the task fixes the sentence
    DENSE(1, false),
    /// a picture from a sentence and such a map
    CONTROL(1, true),
    /// a picture of the object of another picture
    SUBJECT(1, true),
    /// a picture changed as the sentence says
    EDIT(1, true),
    /// the first picture in the style of the second; the task fixes the sentence
    STYLE(2, false),
    /// another view of a picture; the task fixes the sentence
    MULTI_VIEW(1, false),
    /// any other picture from a picture and a sentence
    OTHER(1, true),
    /// an answer about one or several pictures
    UNDERSTANDING(1, true);

    private final int pictures;
    private final boolean takesPrompt;

    Family(int pictures, boolean takesPrompt) {
      this.pictures = pictures;
      this.takesPrompt = takesPrompt;
    }

    /// How many pictures the task needs; understanding takes more.
    public int pictures() {
      return pictures;
    }

    /// Whether the user's text is used; the other families have a fixed sentence.
    public boolean takesPrompt() {
      return takesPrompt;
    }
  }

  /// A picture from a sentence.
  public static final Task TEXT_TO_IMAGE = new Task("text_to_image", Family.TEXT_TO_IMAGE);

  /// An answer about pictures.
  public static final Task UNDERSTANDING = new Task("understanding", Family.UNDERSTANDING);

  private static final String MULTI_VIEW = "multi_view_";

  private static final List<Task> FIXED = fixed();

  private static List<Task> fixed() {
    List<Task> tasks = new ArrayList<>();
    for (String kind : List.of("add", "remove", "replace", "background", "text_transfer")) {
      tasks.add(new Task("edit_" + kind, Family.EDIT));
    }
    for (String map : List.of("canny", "hed", "depth", "openpose")) {
      tasks.add(new Task(map + "_control", Family.CONTROL));
    }
    for (String map : List.of("canny", "hed", "depth", "openpose", "normal", "sam2mask")) {
      tasks.add(new Task(map + "_dense", Family.DENSE));
    }
    tasks.add(new Task("subject_driven", Family.SUBJECT));
    tasks.add(new Task("image_ref_transfer", Family.STYLE));
    tasks.add(new Task("other", Family.OTHER));
    return List.copyOf(tasks);
  }

  /// A task that makes a picture from pictures, by name: one of [#names], `multi_view_` and any
  /// view, or a `canny_pred` and the like, which are other names of `canny_dense` and the like.
  ///
  /// @throws UserException if there is no such task
  public static Task named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    if (wanted.startsWith(MULTI_VIEW) && wanted.length() > MULTI_VIEW.length()) {
      return new Task(wanted, Family.MULTI_VIEW);
    }
    String dense = wanted.endsWith("_pred") ? wanted.replaceFirst("_pred$", "_dense") : wanted;
    return FIXED.stream()
        .filter(task -> task.name.equals(dense))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                Fault.value("task", "\"" + name + "\"", "one of " + String.join(", ", names()))));
  }

  /// A task as the reference chooses it: by the first of these words that the name contains: dense,
  /// control, subject, edit, ref_transfer, multi_view; else the prompt of [Family#OTHER]. That is
  /// where `canny_pred` and the like end, a defect of the reference that [#named] does not have.
  /// Any name is accepted.
  public static Task asReference(String name) {
    return new Task(name, referenceFamily(name));
  }

  private static Family referenceFamily(String name) {
    if (name.contains("dense")) {
      return Family.DENSE;
    }
    if (name.contains("control")) {
      return Family.CONTROL;
    }
    if (name.contains("subject")) {
      return Family.SUBJECT;
    }
    if (name.contains("edit")) {
      return Family.EDIT;
    }
    if (name.contains("ref_transfer")) {
      return Family.STYLE;
    }
    return name.contains("multi_view") ? Family.MULTI_VIEW : Family.OTHER;
  }

  /// Whether it is one that [#named] gives, and not one of [#asReference] only.
  public boolean isNamed() {
    return FIXED.contains(this)
        || family == Family.MULTI_VIEW && name.startsWith(MULTI_VIEW) && !name.equals(MULTI_VIEW);
  }

  /// The names that [#named] accepts, for help texts.
  public static List<String> names() {
    List<String> names = new ArrayList<>(FIXED.stream().map(Task::name).toList());
    names.add(MULTI_VIEW + "VIEW (such as multi_view_left)");
    return names;
  }

  /// The tasks that [#named] knows, but those of views, which are any number.
  public static List<Task> known() {
    return FIXED;
  }

  /// What the name says before its first underscore: the map of a dense task.
  String subject() {
    int end = name.indexOf('_');
    return end < 0 ? name : name.substring(0, end);
  }

  /// Which view a multi-view task shows.
  String view() {
    int start = name.indexOf(MULTI_VIEW);
    return start < 0 ? name : name.substring(start + MULTI_VIEW.length());
  }

  @Override
  public String toString() {
    return name;
  }
}
