package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Item;
import java.util.List;

/// Puts plans of captions into English.
final class EnglishCaptions {

  private final WordChoice wording;
  private final English english;

  EnglishCaptions(WordChoice wording) {
    this.wording = wording;
    english = new English(wording);
  }

  /// With one of many beginnings and ends, mostly 2 to 14 words.
  String caption(CaptionPlan plan) {
    String text = opened(plan);
    if (plan.background() != null) {
      text +=
          wording.chance(0.1)
              ? ", " + english.background(plan.background())
              : " " + english.before(plan.background());
    }
    if (plan.artist() != null) {
      String artist = plan.artist().word();
      text +=
          wording.pick(
              " in the " + artist + " style",
              " in " + artist + " style",
              " by " + artist,
              ", " + artist + " style");
    }
    return wording.chance(0.15) ? English.capitalised(text) + "." : text;
  }

  /// Without beginning, artist and full stop.
  String description(CaptionPlan plan) {
    String text = told(plan, false);
    return plan.background() == null ? text : text + " " + english.before(plan.background());
  }

  private String opened(CaptionPlan plan) {
    boolean bare = wording.chance(0.2);
    String told = told(plan, bare);
    if (bare) {
      return told;
    }
    if (wording.chance(0.35)) {
      return "a photo of " + told;
    }
    if (wording.chance(0.35)) {
      return wording.pick(
              "a picture of ",
              "an image of ",
              "a drawing of ",
              "an icon of ",
              "an emoji of ",
              "draw ",
              "draw me ",
              "paint ",
              "show me ",
              "create an image of ",
              "generate ",
              "please draw ",
              "i want ")
          + told;
    }
    return wording.chance(0.08) ? (plan.counts() ? "there are " : "there is ") + told : told;
  }

  private String told(CaptionPlan plan, boolean bare) {
    List<Item> order = plan.order();
    Item first = order.getFirst();
    if (plan.counts()) {
      return english.several(order.size(), first, plan.detail());
    }
    if (order.size() == 1) {
      String zone = plan.zone() == null ? "" : " " + english.in(plan.zone());
      return name(first, plan.detail(), bare) + zone;
    }
    if (plan.relation() != null) {
      return name(first, plan.detail(), bare)
          + " "
          + english.relation(plan.relation())
          + " "
          + name(order.getLast(), plan.detail(), bare);
    }
    List<String> names = order.stream().map(item -> name(item, plan.detail(), bare)).toList();
    return order.size() == 2 && wording.chance(0.1)
        ? names.getFirst() + wording.pick(" with ", ", ", " & ") + names.getLast()
        : English.list(names);
  }

  private String name(Item item, Detail detail, boolean bare) {
    return bare ? english.bare(item, detail) : english.some(item, detail);
  }
}
