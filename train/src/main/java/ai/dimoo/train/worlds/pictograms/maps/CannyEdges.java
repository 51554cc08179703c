package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import boofcv.alg.feature.detect.edge.CannyEdge;
import boofcv.concurrency.BoofConcurrency;
import boofcv.factory.feature.detect.edge.FactoryEdgeDetectors;
import boofcv.struct.image.GrayS16;
import boofcv.struct.image.GrayU8;

/// Canny's edges of a picture, white on black, by BoofCV: the edges of red, green and blue
/// together, since a yellow moon on light yellow has none in luma. Backgrounds' textures are too
/// weak for it.
final class CannyEdges {

  /// Pixels of the Gaussian blur before the gradient.
  private static final int BLUR_RADIUS = 1;

  /// Gradients (Sobel's: a sharp edge from 0 to 255 has some 700 after the blur) below the first
  /// are no edge; those above the second begin one.
  private static final float LOW = 50;

  private static final float HIGH = 110;

  static {
    // 128 pixels a side: threads would cost more than they save
    BoofConcurrency.USE_CONCURRENT = false;
  }

  private CannyEdges() {}

  static Picture of(Picture picture) {
    boolean[] edge = new boolean[picture.width() * picture.height()];
    for (int shift = 16; shift >= 0; shift -= 8) {
      mark(picture, shift, edge);
    }
    return PixelColours.picture(
        picture.width(), picture.height(), (x, y) -> edge[y * picture.width() + x] ? 0xffffff : 0);
  }

  private static void mark(Picture picture, int shift, boolean[] edge) {
    GrayU8 channel = new GrayU8(picture.width(), picture.height());
    for (int i = 0; i < edge.length; i++) {
      channel.data[i] = (byte) (picture.rgb(i % channel.width, i / channel.width) >> shift);
    }
    GrayU8 edges = new GrayU8(channel.width, channel.height);
    CannyEdge<GrayU8, GrayS16> canny =
        FactoryEdgeDetectors.canny(BLUR_RADIUS, false, false, GrayU8.class, GrayS16.class);
    canny.process(channel, LOW, HIGH, edges);
    for (int i = 0; i < edge.length; i++) {
      edge[i] |= edges.data[i] != 0;
    }
  }
}
