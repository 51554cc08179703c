package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Canvas;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Glyphs;
import ai.dimoo.train.worlds.pictograms.things.Sprite;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Pairs of bars, labelled: quality and cost of settings. Drawn with the world's own letters, since
/// fonts differ between machines.
final class BarChart {

  /// Two bars.
  ///
  /// @param group bars of a group stand in a line, under its name
  /// @param label under the bars; upper case, digits and points are drawn
  /// @param quality the blue bar, 0 to 1
  /// @param cost the orange bar, as a share of the largest
  record Bars(String group, String label, double quality, double cost) {}

  private static final int HEIGHT = 160;
  private static final int BAR = 14;
  private static final int STEP = 84;
  private static final int MARGIN = 16;
  private static final int LABEL = 20;

  /// Letters are drawn at half their size.
  private static final int LETTER = Glyphs.WIDTH / 2;

  private static final int WHITE = 0xffffff;
  private static final int QUALITY = 0x2850dc;
  private static final int COST = 0xf58220;
  private static final int LINE = 0xd0d0d0;

  private final Canvas canvas;

  private BarChart(Size size) {
    canvas = new Canvas(size, WHITE);
  }

  /// A line of bars for each group.
  static Picture of(List<Bars> bars) {
    List<String> groups = bars.stream().map(Bars::group).distinct().toList();
    int most =
        groups.stream()
            .mapToInt(group -> (int) bars.stream().filter(b -> b.group().equals(group)).count())
            .max()
            .orElse(1);
    int line = HEIGHT + 3 * LABEL;
    BarChart chart =
        new BarChart(new Size(2 * MARGIN + most * STEP, MARGIN + groups.size() * line));
    double dearest = bars.stream().mapToDouble(Bars::cost).max().orElse(1);
    for (int i = 0; i < groups.size(); i++) {
      String group = groups.get(i);
      chart.line(
          MARGIN + i * line,
          group,
          bars.stream().filter(b -> b.group().equals(group)).toList(),
          dearest);
    }
    return chart.canvas.toPicture();
  }

  private void line(int top, String group, List<Bars> bars, double dearest) {
    text(group, MARGIN, top, group.length());
    int base = top + LABEL + HEIGHT;
    for (int quarter = 0; quarter <= 4; quarter++) {
      canvas.fill(MARGIN, base - quarter * HEIGHT / 4, bars.size() * STEP, 1, LINE);
    }
    for (int i = 0; i < bars.size(); i++) {
      Bars one = bars.get(i);
      int x = MARGIN + i * STEP;
      bar(x, base, one.quality(), QUALITY);
      bar(x + BAR + 2, base, dearest == 0 ? 0 : one.cost() / dearest, COST);
      text(one.label(), x, base + 4, STEP / LETTER - 1);
    }
  }

  private void bar(int x, int base, double share, int colour) {
    int tall = (int) Math.round(share * HEIGHT);
    canvas.fill(x, base - tall, BAR, tall, colour);
  }

  private void text(String text, int left, int top, int most) {
    String capitals =
        text.toUpperCase(Locale.ROOT)
            .chars()
            .limit(most)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    for (int i = 0; i < capitals.length(); i++) {
      char character = capitals.charAt(i);
      if (character == '.') {
        canvas.fill(left + i * LETTER + 3, top + Glyphs.HEIGHT / 2 - 4, 2, 2, Colour.BLACK.rgb());
      } else if (Glyphs.CHARACTERS.indexOf(character) >= 0) {
        glyph(Glyphs.of(character, Colour.BLACK), left + i * LETTER, top);
      }
    }
  }

  /// Every pixel the mean coverage of four.
  private void glyph(Sprite sprite, int left, int top) {
    for (int y = 0; y < sprite.height() / 2; y++) {
      for (int x = 0; x < sprite.width() / 2; x++) {
        int alpha =
            sprite.alpha(2 * x, 2 * y)
                + sprite.alpha(2 * x + 1, 2 * y)
                + sprite.alpha(2 * x, 2 * y + 1)
                + sprite.alpha(2 * x + 1, 2 * y + 1);
        canvas.fill(left + x, top + y, 1, 1, 0x010101 * (255 - alpha / 4));
      }
    }
  }
}
