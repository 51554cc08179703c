package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts plans of captions into Chinese.
final class ChineseCaptions {

  private final WordChoice wording;
  private final Chinese chinese;

  ChineseCaptions(WordChoice wording) {
    this.wording = wording;
    chinese = new Chinese(wording);
  }

  /// With one of many beginnings and ends.
  String caption(CaptionPlan plan) {
    boolean bare = wording.chance(0.15);
    boolean photo = !bare && noun(plan) && wording.chance(0.3);
    String text = told(plan, bare || photo);
    Background background = plan.background();
    if (background != null && !photo && wording.chance(0.5)) {
      text = upon(background) + (noun(plan) ? "的" : "，") + text;
      background = null;
    }
    if (photo) {
      text = photo(text, plan.counts());
    } else if (noun(plan) && !bare) {
      text = opened(text);
    }
    String style = plan.artist() == null ? "" : "，" + plan.artist().chinese() + "风格";
    return text
        + (background == null ? "" : "，" + chinese.background(background))
        + style
        + (wording.chance(0.15) ? "。" : "");
  }

  /// Without beginning, artist and full stop.
  String description(CaptionPlan plan) {
    return told(plan, false) + background(plan.background());
  }

  private String background(@Nullable Background background) {
    return background == null ? "" : "，" + chinese.background(background);
  }

  private String upon(Background background) {
    return chinese.background(background) + wording.pick("上", "前", "中");
  }

  /// Whether it names something and says nothing of it, so that words can stand round it.
  private static boolean noun(CaptionPlan plan) {
    return plan.relation() == null && plan.zone() == null;
  }

  /// The names stand without numbers, as the photo is what is counted.
  private String photo(String text, boolean counts) {
    String of = counts ? "有" + text : text;
    return wording.pick("一张" + of + "的照片", "一张" + of + "的图片", "生成一张" + of + "的图片");
  }

  private String opened(String text) {
    return wording.chance(0.3) ? wording.pick("画", "请画", "生成", "帮我画") + text : text;
  }

  private String told(CaptionPlan plan, boolean bare) {
    List<Item> order = plan.order();
    Item first = order.getFirst();
    if (plan.counts()) {
      return chinese.several(order.size(), first, plan.detail());
    }
    if (plan.zone() != null) {
      String zone = chinese.in(plan.zone());
      return wording.chance(0.5)
          ? zone + "有" + chinese.some(first, plan.detail())
          : name(first, plan.detail(), bare) + "在" + zone;
    }
    if (plan.relation() != null) {
      return name(first, plan.detail(), bare)
          + "在"
          + name(order.getLast(), plan.detail(), bare)
          + wording.pick("的", "的", "")
          + chinese.relation(plan.relation());
    }
    return Chinese.list(order.stream().map(item -> name(item, plan.detail(), bare)).toList());
  }

  private String name(Item item, Detail detail, boolean bare) {
    return bare ? chinese.bare(item, detail) : chinese.some(item, detail);
  }
}
