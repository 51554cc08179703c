package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.language.Instruction;
import ai.dimoo.train.worlds.pictograms.language.Instructions;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Changes;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A scene and a sentence, and the scene with exactly that change.
public final class EditTask implements PictureTask {

  private final Change.Kind kind;
  private final Changes changes;

  /// @param options of the scenes
  public EditTask(Change.Kind kind, SceneOptions options) {
    this.kind = kind;
    changes = new Changes(options);
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    Change change = changes.draw(kind, random);
    Instruction instruction = Instructions.of(change, random);
    return new TaskSample(
        task(kind),
        instruction.text(),
        List.of(new Motif.OfScene(change.before())),
        new Motif.OfScene(change.after()),
        different(change),
        instruction.requirement());
  }

  /// The task that changes of a kind belong to; those that the reference has no name for are
  /// `other`.
  public static Task task(Change.Kind kind) {
    return Task.named(
        switch (kind) {
          case ADD -> "edit_add";
          case REMOVE -> "edit_remove";
          case REPLACE -> "edit_replace";
          case BACKGROUND -> "edit_background";
          case TEXT -> "edit_text_transfer";
          case COLOUR, SIZE, MOVE, COUNT, RENDERING -> "other";
        });
  }

  /// The items that are in one scene only; where the background changes, all.
  private static List<Item> different(Change change) {
    if (change.kind() == Change.Kind.BACKGROUND) {
      return change.after().items();
    }
    List<Item> items = new ArrayList<>(change.before().items());
    items.removeAll(change.after().items());
    change.after().items().stream()
        .filter(item -> !change.before().items().contains(item))
        .forEach(items::add);
    return items;
  }
}
