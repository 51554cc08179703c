package ai.dimoo.train.worlds.pictograms.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is in a picture: a background and what stands before it. Immutable.
///
/// Pictures are [#SIDE] × [#SIDE] pixels, [#TOKENS] × [#TOKENS] tokens of the model. Everything
/// stands at even rows and columns of tokens: few places are learned with few examples.
///
/// @param items from back to front, at most [#MOST_ITEMS]; none only where the last was removed
public record Scene(Background background, List<Item> items) {

  /// The side of a token in pixels, as in the published model.
  public static final int TOKEN = 16;

  /// Tokens in a row and in a column.
  public static final int TOKENS = 8;

  /// Pixels in a row and in a column.
  public static final int SIDE = TOKENS * TOKEN;

  /// The most that stands in one picture.
  public static final int MOST_ITEMS = 4;

  public Scene {
    items = List.copyOf(items);
    if (items.size() > MOST_ITEMS) {
      throw new IllegalArgumentException(
          items.size() + " items in a scene; expected at most " + MOST_ITEMS);
    }
  }

  /// The same items before another background.
  public Scene with(Background other) {
    return new Scene(other, items);
  }

  /// Other items before the same background.
  public Scene with(List<Item> others) {
    return new Scene(background, others);
  }

  /// One item more, in front of the others.
  public Scene plus(Item item) {
    List<Item> more = new ArrayList<>(items);
    more.add(item);
    return with(more);
  }

  /// One item less.
  public Scene without(Item item) {
    List<Item> fewer = new ArrayList<>(items);
    fewer.remove(item);
    return with(fewer);
  }

  /// The same with one item in the place of another.
  public Scene replacing(Item old, Item other) {
    List<Item> others = new ArrayList<>(items);
    others.set(others.indexOf(old), other);
    return with(others);
  }

  /// The items as people tell them: what lies nearer to the upper left corner comes first, and of
  /// two that are as near the left one.
  public List<Item> inReadingOrder() {
    return items.stream()
        .sorted(
            Comparator.<Item>comparingInt(
                    item -> 2 * item.column() + item.columns() + 2 * item.row() + item.rows())
                .thenComparingInt(Item::column))
        .toList();
  }
}
