package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.image.Picture;

/// A scene in pixels, and which item each pixel belongs to. Immutable.
public final class Composition {

  private final Scene scene;
  private final Picture picture;
  private final byte[] owners;

  /// @param owners for each pixel the index of its item + 1, 0 for the background
  Composition(Scene scene, Picture picture, byte[] owners) {
    this.scene = scene;
    this.picture = picture;
    this.owners = owners;
  }

  public Scene scene() {
    return scene;
  }

  /// [Scene#SIDE] × [Scene#SIDE] pixels.
  public Picture picture() {
    return picture;
  }

  /// The index of the frontmost item that covers more than half of the pixel; -1: none does.
  public int itemAt(int x, int y) {
    return owners[y * Scene.SIDE + x] - 1;
  }

  /// The pixels in which an item is seen, row by row.
  ///
  /// @param item its index in the scene
  public boolean[] visible(int item) {
    boolean[] mask = new boolean[owners.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = owners[i] == item + 1;
    }
    return mask;
  }

  /// The pixels of all items' boxes, row by row: for losses and scores that look at items more than
  /// at the background.
  public boolean[] boxes() {
    boolean[] mask = new boolean[owners.length];
    for (int i = 0; i < mask.length; i++) {
      int token = i / Scene.SIDE / Scene.TOKEN * Scene.TOKENS + i % Scene.SIDE / Scene.TOKEN;
      mask[i] = occupied(token % Scene.TOKENS, token / Scene.TOKENS);
    }
    return mask;
  }

  private boolean occupied(int column, int row) {
    for (Item item : scene.items()) {
      if (column >= item.column()
          && column < item.column() + item.columns()
          && row >= item.row()
          && row < item.row() + item.rows()) {
        return true;
      }
    }
    return false;
  }

  /// The tokens of all items' boxes, row by row: [Scene#TOKENS]² of them.
  public boolean[] occupiedTokens() {
    boolean[] mask = new boolean[Scene.TOKENS * Scene.TOKENS];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = occupied(i % Scene.TOKENS, i / Scene.TOKENS);
    }
    return mask;
  }
}
