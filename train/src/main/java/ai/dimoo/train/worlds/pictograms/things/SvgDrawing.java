package ai.dimoo.train.worlds.pictograms.things;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// SVG to pixels, without a display. An icon is drawn twice: once to see which part of its square
/// it fills, once so that it fills a sprite's square but for a pixel of margin at 64 pixels.
final class SvgDrawing {

  /// Pixels a side of the raster from which sprites are averaged.
  private static final int FINE = 256;

  /// Of those, how many stay free at each edge: one of 64.
  private static final int MARGIN = 4;

  /// Less of 255 counts as nothing when the part is sought that an icon fills.
  private static final int FAINT = 24;

  private final SVGDocument document;

  /// @param svg a document with a view box
  SvgDrawing(String svg) {
    ByteArrayInputStream in = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    SVGDocument read = new SVGLoader().load(in, null, LoaderContext.createDefault());
    if (read == null) {
      throw new IllegalArgumentException("not an SVG document: " + svg);
    }
    document = read;
  }

  /// A document with this content.
  static String document(int width, int height, String body) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
    width="%d" height="%d" viewBox="0 0 %d %d">%s</svg>\
    """
        .formatted(width, height, width, height, body);
  }

  /// The drawing, fitted into squares of these sizes, which are averaged from one fine raster.
  ///
  /// @param sides each divides 256
  List<Sprite> fitted(int... sides) {
    int[] fine = fine();
    return Arrays.stream(sides).mapToObj(side -> averaged(fine, FINE, FINE, FINE / side)).toList();
  }

  /// The drawing as it is, a pixel for each unit of its view box.
  Sprite plain() {
    int width = Math.round(document.size().width);
    int height = Math.round(document.size().height);
    int factor = 8;
    int[] pixels =
        pixels(width * factor, height * factor, new ViewBox(0, 0, width * factor, height * factor));
    return averaged(pixels, width * factor, height * factor, factor);
  }

  private int[] fine() {
    int[] first = pixels(FINE, FINE, new ViewBox(0, 0, FINE, FINE));
    int left = FINE;
    int right = 0;
    int top = FINE;
    int bottom = 0;
    for (int i = 0; i < first.length; i++) {
      if (first[i] >>> 24 >= FAINT) {
        left = Math.min(left, i % FINE);
        right = Math.max(right, i % FINE + 1);
        top = Math.min(top, i / FINE);
        bottom = Math.max(bottom, i / FINE + 1);
      }
    }
    float scale = (FINE - 2f * MARGIN) / Math.max(right - left, bottom - top);
    float x = (FINE - scale * (left + right)) / 2;
    float y = (FINE - scale * (top + bottom)) / 2;
    return pixels(FINE, FINE, new ViewBox(x, y, scale * FINE, scale * FINE));
  }

  /// Premultiplied pixels, row by row, as 0xAARRGGBB.
  private int[] pixels(int width, int height, ViewBox place) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    document.render((Component) null, graphics, place);
    graphics.dispose();
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /// Averages squares of premultiplied pixels; the result is straight.
  private static Sprite averaged(int[] fine, int fineWidth, int fineHeight, int factor) {
    int width = fineWidth / factor;
    int height = fineHeight / factor;
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int start = i / width * factor * fineWidth + i % width * factor;
      int alpha = 0;
      int red = 0;
      int green = 0;
      int blue = 0;
      for (int j = 0; j < factor * factor; j++) {
        int pixel = fine[start + j / factor * fineWidth + j % factor];
        alpha += pixel >>> 24;
        red += pixel >> 16 & 0xff;
        green += pixel >> 8 & 0xff;
        blue += pixel & 0xff;
      }
      int covered = (alpha + factor * factor / 2) / (factor * factor);
      if (covered > 0) {
        argb[i] =
            covered << 24
                | straight(red, alpha) << 16
                | straight(green, alpha) << 8
                | straight(blue, alpha);
      }
    }
    return new Sprite(width, height, argb);
  }

  private static int straight(int sum, int alpha) {
    return Math.min(255, (sum * 255 + alpha / 2) / alpha);
  }
}
