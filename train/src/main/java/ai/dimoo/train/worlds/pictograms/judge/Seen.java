package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import java.util.ArrayList;
import java.util.List;

/// What the judge saw in a picture.
///
/// @param background which of the world's backgrounds fits best
/// @param found what is known, from back to front
/// @param unknown how many other places show something that is not known, or not whole
public record Seen(Background background, List<Found> found, int unknown) {

  public Seen {
    found = List.copyOf(found);
  }

  /// The items that were found, from back to front.
  public List<Item> items() {
    return found.stream().map(Found::item).toList();
  }

  /// Whether an item stands where it should, or what looks like it.
  public boolean shows(Item item) {
    return found.stream().anyMatch(one -> one.item().equals(item) || looksLike(one, item));
  }

  private static boolean looksLike(Found one, Item item) {
    return one.item().column() == item.column()
        && one.item().row() == item.row()
        && one.item().size() == item.size()
        && one.alike().contains(item.subject());
  }

  /// Whether this is all that is asked and nothing else. Where pixels cannot tell what something
  /// is, it may be whichever is asked for.
  public boolean meets(Requirement requirement) {
    return unknown == 0
        && found.size() <= Scene.MOST_ITEMS
        && meets(requirement, new ArrayList<>(items()), 0);
  }

  private boolean meets(Requirement requirement, List<Item> items, int from) {
    if (requirement.metBy(new Scene(background, items))) {
      return true;
    }
    for (int i = from; i < items.size(); i++) {
      Item item = items.get(i);
      for (Subject other : found.get(i).alike()) {
        items.set(i, item.with(other));
        if (meets(requirement, items, i + 1)) {
          return true;
        }
      }
      items.set(i, item);
    }
    return false;
  }
}
