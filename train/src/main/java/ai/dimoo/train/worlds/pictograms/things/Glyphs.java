package ai.dimoo.train.worlds.pictograms.things;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Capital letters and digits in a stroke font of our own, since fonts differ between machines. A
/// glyph is 16 pixels wide and 32 high: two tokens, one above the other, so a word of four letters
/// is 64 pixels wide. Immutable.
public final class Glyphs {

  public static final int WIDTH = 16;
  public static final int HEIGHT = 32;

  /// All that can be drawn.
  public static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /// The strokes' middle lines in order of [#CHARACTERS], between (3, 4) and (13, 28).
  private static final String[] STROKES = {
    "M3 28 8 4 13 28M4.7 20H11.3", // A
    "M3.5 4V28H8C15 28 15 15.5 8 15.5H3.5H7.5C13.5 15.5 13.5 4 7.5 4Z", // B
    "M13 8.5C11.5 2.5 3 2.5 3 13V19C3 29.5 11.5 29.5 13 23.5", // C
    "M3.5 4V28H6C15.5 28 15.5 4 6 4Z", // D
    "M13 4H3.5V28H13M3.5 15.5H11", // E
    "M13 4H3.5V28M3.5 15.5H11", // F
    "M13 8.5C11.5 2.5 3 2.5 3 13V19C3 30 13 30 13 20V17H8.5", // G
    "M3.5 4V28M12.5 4V28M3.5 16H12.5", // H
    "M8 4V28M4.5 4H11.5M4.5 28H11.5", // I
    "M12 4V21C12 30 3.5 30 3.5 22", // J
    "M3.5 4V28M13 4 3.5 18M7 13 13 28", // K
    "M3.5 4V28H13", // L
    "M3 28V4L8 19 13 4V28", // M
    "M3.5 28V4L12.5 28V4", // N
    "M8 4C1.5 4 1.5 28 8 28 14.5 28 14.5 4 8 4Z", // O
    "M3.5 28V4H8C15 4 15 17 8 17H3.5", // P
    "M8 4C1.5 4 1.5 28 8 28 14.5 28 14.5 4 8 4ZM9 21.5 13.5 28.5", // Q
    "M3.5 28V4H8C14.5 4 14.5 16 8 16H3.5M8.5 16 13 28", // R
    "M12.5 8.5C11.5 2.5 3.5 2.5 3.5 9.5 3.5 16.5 13 15 13 22 13 29.5 4 29.5 3 23.5", // S
    "M2.5 4H13.5M8 4V28", // T
    "M3.5 4V20C3.5 30.5 12.5 30.5 12.5 20V4", // U
    "M3 4 8 28 13 4", // V
    "M2.5 4 5 28 8 13 11 28 13.5 4", // W
    "M3 4 13 28M13 4 3 28", // X
    "M3 4 8 16 13 4M8 16V28", // Y
    "M3 4H13L3 28H13", // Z
    "M8 4C1.5 4 1.5 28 8 28 14.5 28 14.5 4 8 4ZM5.5 22 10.5 10", // 0
    "M4 9.5 9 4V28", // 1
    "M3.5 9.5C3.5 2.5 12.5 2.5 12.5 9.5 12.5 15 5.5 20 3 28H13.5", // 2
    "M3.5 4H12.5L7.5 13.5C15 13.5 15 28 8 28 5.5 28 4 26.5 3 24.5", // 3
    "M10.5 28V4L3 20.5H13.5", // 4
    "M12.5 4H4.5L4 14.5C15.5 10.5 15.5 28 8 28 5.5 28 4 26.5 3 24.5", // 5
    "M11.5 4C5 8.5 3 15 3 21 3 30.5 13 30.5 13 21 13 13 4.5 13 3.2 19", // 6
    "M3 4H13L6.5 28", // 7
    "M8 4C2 4 2 15 8 15 14 15 14 4 8 4ZM8 15C1.5 15 1.5 28 8 28 14.5 28 14.5 15 8 15Z", // 8
    "M4.5 28C11 23.5 13 17 13 11 13 1.5 3 1.5 3 11 3 19 11.5 19 12.8 13" // 9
  };

  private static final Map<Colour, Map<Character, Sprite>> DRAWN = draw();

  private Glyphs() {}

  /// A letter or digit in one flat colour.
  ///
  /// @param character one of [#CHARACTERS]
  public static Sprite of(char character, Colour colour) {
    Sprite sprite = DRAWN.get(colour).get(character);
    if (sprite == null) {
      throw new IllegalArgumentException("no glyph for '" + character + "', only " + CHARACTERS);
    }
    return sprite;
  }

  private static Map<Colour, Map<Character, Sprite>> draw() {
    Map<Colour, Map<Character, Sprite>> drawn = new EnumMap<>(Colour.class);
    for (int i = 0; i < STROKES.length; i++) {
      String path =
          "<path d='%s' fill='none' stroke='#000' stroke-width='3.4' stroke-linecap='round' stroke-linejoin='round'/>"
              .formatted(STROKES[i]);
      Sprite sprite = new SvgDrawing(SvgDrawing.document(WIDTH, HEIGHT, path)).plain();
      for (Colour colour : Colour.values()) {
        drawn
            .computeIfAbsent(colour, c -> new HashMap<>())
            .put(CHARACTERS.charAt(i), sprite.recoloured(rgb -> colour.rgb()));
      }
    }
    return drawn;
  }
}
