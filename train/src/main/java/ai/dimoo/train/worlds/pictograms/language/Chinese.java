package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.List;
import java.util.stream.Collectors;

/// Names what stands in a scene in Chinese.
public final class Chinese {

  /// As they stand before a measure word.
  private static final List<String> NUMBERS = List.of("零", "一", "两", "三", "四");

  private static final double SYNONYM_SHARE = 0.12;
  private static final double DIGIT_SHARE = 0.15;

  private final WordChoice wording;

  /// @param wording chooses among words that mean the same
  public Chinese(WordChoice wording) {
    this.wording = wording;
  }

  /// `零` to `四`, with `两` for two, as before a measure word.
  public static String number(int count) {
    return NUMBERS.get(count);
  }

  /// `一只狐狸`, `一个红色的圆形`, `文字CAT`.
  public String some(Item item, Detail detail) {
    Subject subject = item.subject();
    return subject instanceof Word word
        ? words(word, detail)
        : "一" + measure(subject) + named(item, detail);
  }

  /// What is spoken of: `狐狸`, `红色的圆形`, `文字`.
  public String the(Item item, Detail detail) {
    return item.subject() instanceof Word ? "文字" : named(item, detail);
  }

  /// What of an item has the colour: of a person the clothes.
  String coloured(Item item, Detail detail) {
    return item.subject() instanceof Figure ? "人的衣服" : the(item, detail);
  }

  /// The name without a number, as people type it: `狐狸`, `文字CAT`.
  public String bare(Item item, Detail detail) {
    return named(item, detail);
  }

  /// `两只狐狸`.
  public String several(int count, Item item, Detail detail) {
    String number = wording.chance(DIGIT_SHARE) ? String.valueOf(count) : number(count);
    return number + measure(item.subject()) + named(item, detail);
  }

  /// `只` for `狐狸`.
  public static String measure(Subject subject) {
    return subject instanceof Pictogram p ? p.thing().measure() : "个";
  }

  /// What follows `在…`: `的左边`.
  public String relation(Relation relation) {
    return wording.pick(
        switch (relation) {
          case LEFT_OF -> List.of("左边", "左边", "左侧");
          case RIGHT_OF -> List.of("右边", "右边", "右侧");
          case ABOVE -> List.of("上面", "上面", "上方");
          case BELOW -> List.of("下面", "下面", "下方");
          case IN_FRONT_OF -> List.of("前面");
          case BEHIND -> List.of("后面");
        });
  }

  /// `左上角`.
  public String in(Zone zone) {
    return zone == Zone.MIDDLE ? wording.pick("中间", "中央", "正中间") : zone.chinese();
  }

  /// `白色`, `天空`.
  public static String word(Background background) {
    return switch (background) {
      case WHITE -> "白色";
      case GREY -> "灰色";
      case BLUE -> "蓝色";
      case GREEN -> "绿色";
      case YELLOW -> "黄色";
      case PINK -> "粉色";
      case BLACK -> "黑色";
      case SKY -> "天空";
      case SUNSET -> "日落";
      case GRASS -> "草地";
      case CHECKERED -> "格子";
    };
  }

  /// `白色背景`.
  public String background(Background background) {
    if (background == Background.SUNSET && wording.chance(0.3)) {
      return "夕阳背景";
    }
    return word(background) + wording.pick("背景", "背景", "的背景");
  }

  /// `红色`.
  public static String colour(Colour colour) {
    return colour.chinese() + "色";
  }

  /// `甲、乙和丙`.
  public static String list(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : names.stream().limit(names.size() - 1L).collect(Collectors.joining("、"))
            + "和"
            + names.getLast();
  }

  private String named(Item item, Detail detail) {
    String size = detail.size() && !(item.subject() instanceof Word) ? item.size().chinese() : "";
    return switch (item.subject()) {
      case Pictogram p ->
          (detail.looks() ? tint(p) + way(p.rendering()) : "") + size + noun(p.thing());
      case Simple simple ->
          (detail.colour() ? colour(simple.colour()) + "的" : "") + size + simple.shape().chinese();
      case Figure figure ->
          (detail.colour() ? "穿" + colour(figure.shirt()) + "衣服的" : "")
              + figure.pose().chinese()
              + "人";
      case Word word -> words(word, detail);
    };
  }

  /// The noun, or now and then a synonym.
  public String noun(Thing thing) {
    List<String> synonyms =
        thing.synonyms().stream().filter(synonym -> !English.latin(synonym)).toList();
    return !synonyms.isEmpty() && wording.chance(SYNONYM_SHARE)
        ? wording.pick(synonyms)
        : thing.chinese();
  }

  private static String tint(Pictogram p) {
    return p.tint() == null ? "" : colour(p.tint()) + "的";
  }

  /// What a subject's colour is called; one that has its own colours is `普通`.
  static String colour(Subject subject) {
    return subject.colour() == null ? "普通" : colour(subject.colour());
  }

  /// As what a subject is shown: `像素`; the plain drawing is `普通`.
  static String way(Subject subject) {
    return subject instanceof Pictogram p ? p.rendering().chinese() : Rendering.PLAIN.chinese();
  }

  private static String way(Rendering rendering) {
    return switch (rendering) {
      case PLAIN -> "";
      case GREY, INVERTED -> rendering.chinese() + "的";
      case OUTLINE, SILHOUETTE, PIXELATED, HATCHED -> rendering.chinese() + "风格的";
    };
  }

  private String words(Word word, Detail detail) {
    String what = English.isNumber(word) ? "数字" : wording.pick("文字", "文字", "单词");
    return (detail.colour() ? colour(word.colour()) + "的" : "") + what + word.letters();
  }
}
