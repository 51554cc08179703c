package ai.dimoo.image;

/// Width and height in pixels, both at least 1.
public record Size(int width, int height) {

  /// @throws IllegalArgumentException if a side is less than 1
  public Size {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("no picture has the size " + width + "x" + height);
    }
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
