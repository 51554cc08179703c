package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Rendering;

/// Asks for changes in Chinese.
final class ChineseInstructions {

  private static final double IT_SHARE = 0.3;

  private final WordChoice wording;
  private final Detail detail;
  private final Chinese chinese;

  /// @param detail what is said of things that are there
  ChineseInstructions(WordChoice wording, Detail detail) {
    this.wording = wording;
    this.detail = detail;
    chinese = new Chinese(wording);
  }

  /// @param anchor where something new is to stand
  String of(Change change, Anchor anchor) {
    String text =
        switch (change.kind()) {
          case ADD -> add(change.added(), anchor);
          case REMOVE -> remove(the(change));
          case REPLACE -> replace(the(change), bare(change.added()));
          case BACKGROUND -> background(change.after().background());
          case TEXT -> text(change);
          case COLOUR -> colour(coloured(change), Chinese.colour(change.added().subject()));
          case SIZE -> size(object(change), change.added().size() == ItemSize.LARGE);
          case MOVE ->
              "把"
                  + object(change)
                  + wording.pick("移到", "移到", "放到")
                  + chinese.in(Zone.of(change.added()));
          case COUNT ->
              wording.pick("改成", "变成", "换成")
                  + chinese.several(change.after().items().size(), change.changed(), detail);
          case RENDERING -> rendering(object(change), change.added().subject());
        };
    String asked = wording.chance(0.12) ? "请" + text : text;
    return wording.chance(0.3) ? asked + "。" : asked;
  }

  private String add(Item fresh, Anchor anchor) {
    String add = wording.pick("加", "添加", "加上", "放");
    String some = chinese.some(fresh, Detail.USUAL);
    return switch (anchor) {
      case Anchor.Near near ->
          "在"
              + chinese.the(near.item(), detail)
              + wording.pick("的", "的", "")
              + chinese.relation(near.relation())
              + add
              + some;
      case Anchor.In in -> "在" + chinese.in(in.zone()) + add + some;
      case Anchor.Anywhere anywhere -> wording.pick("加", "添加", "加上", "再加") + some;
    };
  }

  private String remove(String the) {
    return wording.pick("去掉" + the, "删除" + the, "移除" + the, "把" + the + "去掉", "把" + the + "删掉");
  }

  private String replace(String old, String fresh) {
    return wording.pick(
        "把" + old + "换成" + fresh,
        "把" + old + "换成" + fresh,
        "把" + old + "变成" + fresh,
        "将" + old + "替换为" + fresh,
        "用" + fresh + "替换" + old);
  }

  private String background(Background background) {
    String word = Chinese.word(background);
    return wording.pick(
        "把背景换成" + word, "把背景改成" + word, "将背景改为" + word, "换成" + word + "背景", "背景改成" + word);
  }

  private String text(Change change) {
    String old = ((Word) change.changed().subject()).letters();
    String fresh = ((Word) change.added().subject()).letters();
    return wording.pick(
        "把文字改成" + fresh,
        "把文字换成" + fresh,
        "把" + old + "改成" + fresh,
        "把" + old + "换成" + fresh,
        "文字改为" + fresh);
  }

  private String colour(String object, String colour) {
    return wording.pick(
        "把" + object + "变成" + colour,
        "把" + object + "改成" + colour,
        "把" + object + "涂成" + colour,
        "让" + object + "变成" + colour,
        "将" + object + "的颜色改为" + colour);
  }

  private String size(String object, boolean large) {
    String word = large ? "大" : "小";
    return wording.pick(
        "把" + object + "变" + word,
        "让" + object + "变" + word,
        "把" + object + (large ? "放大" : "缩小"),
        "让" + object + word + "一点");
  }

  private String rendering(String object, Subject subject) {
    Rendering rendering = ((Pictogram) subject).rendering();
    String style =
        switch (rendering) {
          case GREY, INVERTED -> rendering.chinese();
          default -> rendering.chinese() + "风格";
        };
    return wording.pick("把", "将", "让") + object + "变成" + style;
  }

  private String bare(Item item) {
    return chinese.bare(item, Detail.USUAL);
  }

  private String the(Change change) {
    return chinese.the(change.changed(), detail);
  }

  private String coloured(Change change) {
    return change.changed().subject() instanceof Subject.Figure
        ? chinese.coloured(change.changed(), detail)
        : object(change);
  }

  /// `它` where there is nothing else.
  private String object(Change change) {
    return change.before().items().size() == 1 && wording.chance(IT_SHARE) ? "它" : the(change);
  }
}
