package ai.dimoo.train.worlds.pictograms.things;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Flat shapes of our own, in the nine basic colours. Stars and hearts are things ([Things]).
public enum SimpleShape {
  CIRCLE("circle", "圆形", "<circle cx='32' cy='32' r='31'/>", List.of("disc", "disk", "dot")),
  SQUARE("square", "正方形", "<rect x='1' y='1' width='62' height='62'/>", List.of()),
  TRIANGLE("triangle", "三角形", "<path d='M32 1 63 63H1Z'/>", List.of()),
  DIAMOND("diamond", "菱形", "<path d='M32 1 63 32 32 63 1 32Z'/>", List.of("rhombus")),
  CROSS("cross", "十字", "<path d='M22 1H42V22H63V42H42V63H22V42H1V22H22Z'/>", List.of("plus sign")),
  RING(
      "ring",
      "圆环",
      "<path fill-rule='evenodd' d='M32 1A31 31 0 0 1 32 63 31 31 0 0 1 32 1Z"
          + "M32 17A15 15 0 0 0 32 47 15 15 0 0 0 32 17Z'/>",
      List.of("hoop"));

  private static final Map<SimpleShape, Map<Colour, Map<Integer, Sprite>>> DRAWN = draw();

  private final String word;
  private final String chinese;
  private final String svg;
  private final List<String> synonyms;

  SimpleShape(String word, String chinese, String svg, List<String> synonyms) {
    this.word = word;
    this.chinese = chinese;
    this.svg = svg;
    this.synonyms = synonyms;
  }

  /// The singular noun: `circle`.
  public String word() {
    return word;
  }

  /// The plural noun: `crosses`.
  public String plural() {
    return Things.regularPlural(word);
  }

  /// The Chinese noun, counted with `个`.
  public String chinese() {
    return chinese;
  }

  /// Other words that people type for it.
  public List<String> synonyms() {
    return synonyms;
  }

  /// The shape in one flat colour.
  ///
  /// @param side [Sprites#LARGE] or [Sprites#SMALL]
  public Sprite in(Colour colour, int side) {
    Sprite sprite = DRAWN.get(this).get(colour).get(side);
    if (sprite == null) {
      throw new IllegalArgumentException("shapes have 64 or 32 pixels a side, not " + side);
    }
    return sprite;
  }

  private static Map<SimpleShape, Map<Colour, Map<Integer, Sprite>>> draw() {
    Map<SimpleShape, Map<Colour, Map<Integer, Sprite>>> drawn = new EnumMap<>(SimpleShape.class);
    for (SimpleShape shape : values()) {
      SvgDrawing drawing = new SvgDrawing(SvgDrawing.document(64, 64, shape.svg));
      List<Sprite> sizes = drawing.fitted(Sprites.LARGE, Sprites.SMALL);
      Map<Colour, Map<Integer, Sprite>> colours = new EnumMap<>(Colour.class);
      for (Colour colour : Colour.values()) {
        colours.put(
            colour,
            Map.of(
                Sprites.LARGE, sizes.getFirst().recoloured(rgb -> colour.rgb()),
                Sprites.SMALL, sizes.getLast().recoloured(rgb -> colour.rgb())));
      }
      drawn.put(shape, colours);
    }
    return drawn;
  }
}
