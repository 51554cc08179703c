package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;

/// Asks and answers in Chinese. Questions come in many wordings, answers in one.
final class ChineseQuestions implements QuestionWords {

  private static final Detail NAME = Detail.NAME;

  private final WordChoice wording;
  private final Chinese chinese;
  private final Chinese usual = new Chinese(WordChoice.USUAL);

  ChineseQuestions(WordChoice wording) {
    this.wording = wording;
    chinese = new Chinese(wording);
  }

  @Override
  public String question(Fact fact) {
    return switch (fact) {
      case Fact.Contents contents ->
          contents.scene().items().size() == 1
              ? wording.pick("这是什么？", "图片里有什么？", "你看到了什么？", "图中是什么？")
              : wording.pick("图片里有什么？", "你看到了什么？", "图中有哪些东西？");
      case Fact.Count count -> count(count.one());
      case Fact.CountAll all -> wording.pick("有几个东西？", "图片里有几个东西？", "一共有几个东西？");
      case Fact.ColourOf of ->
          of.item().subject() instanceof Figure
              ? wording.pick("他的衣服是什么颜色的？", "这个人的衣服是什么颜色？")
              : the(of.item()) + wording.pick("是什么颜色的？", "是什么颜色？");
      case Fact.BackgroundOf of ->
          of.background().sort() == Background.Sort.PLAIN
              ? wording.pick("背景是什么颜色的？", "背景是什么颜色？")
              : wording.pick("背景是什么？", "背景里是什么？");
      case Fact.ZoneOf of -> the(of.item()) + wording.pick("在哪里？", "在哪儿？", "在图片的什么位置？");
      case Fact.SizeOf of -> the(of.item()) + wording.pick("是大还是小？", "有多大？");
      case Fact.Presence presence -> presence(presence.one(), presence.there() ? chinese : usual);
      case Fact.Neighbour n ->
          the(n.anchor()) + wording.pick("的", "的", "") + chinese.relation(n.relation()) + "是什么？";
      case Fact.NextTo next -> the(next.anchor()) + wording.pick("旁边是什么？", "旁边有什么？");
      case Fact.Related r ->
          the(r.a())
              + "在"
              + the(r.b())
              + wording.pick("的", "的", "")
              + chinese.relation(r.relation())
              + "吗？";
      case Fact.InFront f -> the(f.a()) + "和" + the(f.b()) + wording.pick("哪个在前面？", "，哪个在前面？");
      case Fact.ArtistOf of -> the(of.item()) + wording.pick("是谁画的？", "是什么风格的？", "是哪种风格？");
      case Fact.RenderingOf of -> the(of.item()) + wording.pick("是怎么画的？", "是用什么方式画的？");
      case Fact.Reading reading ->
          English.isNumber(reading.word())
              ? wording.pick("这是什么数字？", "读出数字。", "写的是什么？")
              : wording.pick("写的是什么？", "读出这个单词。", "图片上写着什么？", "文字是什么？");
      case Fact.Description description ->
          wording.pick("描述这张图片。", "请描述图片。", "用一句话描述图片。", "描述一下这张图。");
      case Fact.Same same -> wording.pick("两张图片一样吗？", "这两张图相同吗？");
      case Fact.SameThings same -> wording.pick("两张图片里是同一种东西吗？", "两张图里的东西一样吗？");
      case Fact.Changed changed -> wording.pick("有什么变化？", "第二张图片有什么不同？", "两张图片有什么区别？");
    };
  }

  private static String count(Fact.Count count) {
    return count.count() == 0
        ? Chinese.number(0)
        : Chinese.number(count.count()) + Chinese.measure(count.one().subject());
  }

  private String count(Item one) {
    String named = Chinese.measure(one.subject()) + chinese.the(one, NAME);
    return wording.pick(
        "有几" + named + "？", "图片里有几" + named + "？", "图中有多少" + named + "？", "一共有几" + named + "？");
  }

  private String presence(Item one, Chinese chinese) {
    String named = chinese.the(one, Detail.USUAL);
    return wording.pick(
        "有" + named + "吗？",
        "图片里有" + named + "吗？",
        "图中有" + chinese.some(one, Detail.USUAL) + "吗？",
        "有没有" + named + "？");
  }

  private String the(Item item) {
    return chinese.the(item, NAME);
  }

  @Override
  public String answer(Fact fact) {
    return switch (fact) {
      case Fact.Contents contents -> answer(contents.scene());
      case Fact.Count count -> count(count);
      case Fact.CountAll all -> Chinese.number(all.count()) + "个";
      case Fact.ColourOf of -> Chinese.colour(of.colour());
      case Fact.BackgroundOf of -> Chinese.word(of.background());
      case Fact.ZoneOf of -> of.zone().chinese();
      case Fact.SizeOf of -> of.item().size().chinese();
      case Fact.Presence presence -> presence.there() ? "有" : "没有";
      case Fact.Neighbour n -> usual.some(n.neighbour(), Detail.USUAL);
      case Fact.NextTo next -> usual.some(next.neighbour(), Detail.USUAL);
      case Fact.Related related -> yes(related.holds());
      case Fact.InFront f -> usual.the(f.front(), NAME);
      case Fact.ArtistOf of -> of.artist().chinese();
      case Fact.RenderingOf of -> of.rendering().chinese();
      case Fact.Reading reading -> reading.word().letters();
      case Fact.Description description ->
          Captions.description(description.scene(), Language.CHINESE);
      case Fact.Same same -> same.same() ? "一样" : "不一样";
      case Fact.SameThings same -> yes(same.same());
      case Fact.Changed changed -> changed(changed.change());
    };
  }

  private static String yes(boolean so) {
    return so ? "是" : "不是";
  }

  private String answer(Scene scene) {
    CaptionPlan plan = CaptionPlan.description(scene);
    return new ChineseCaptions(WordChoice.USUAL).description(plan.withoutPlaces());
  }

  private String changed(Change change) {
    return switch (change.kind()) {
      case ADD -> "多了" + usual.some(change.added(), Detail.USUAL);
      case REMOVE -> usual.the(change.changed(), NAME) + "不见了";
      case REPLACE ->
          usual.the(change.changed(), NAME) + "变成了" + usual.bare(change.added(), Detail.USUAL);
      case BACKGROUND -> "背景变成了" + Chinese.word(change.after().background());
      case TEXT -> "文字变成了" + ((Word) change.added().subject()).letters();
      case COLOUR ->
          usual.coloured(change.changed(), NAME) + "变成了" + Chinese.colour(change.added().subject());
      case SIZE -> usual.the(change.changed(), NAME) + "变" + change.added().size().chinese() + "了";
      case MOVE -> usual.the(change.changed(), NAME) + "移到了" + Zone.of(change.added()).chinese();
      case COUNT -> "变成了" + usual.several(change.after().items().size(), change.changed(), NAME);
      case RENDERING ->
          usual.the(change.changed(), NAME) + "变成了" + Chinese.way(change.added().subject());
    };
  }
}
