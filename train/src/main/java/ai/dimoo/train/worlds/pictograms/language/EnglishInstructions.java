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
import java.util.List;

/// Asks for changes in English.
final class EnglishInstructions {

  private static final double IT_SHARE = 0.4;

  private final WordChoice wording;
  private final Detail detail;
  private final English english;

  /// @param detail what is said of things that are there
  EnglishInstructions(WordChoice wording, Detail detail) {
    this.wording = wording;
    this.detail = detail;
    english = new English(wording);
  }

  /// @param anchor where something new is to stand
  String of(Change change, Anchor anchor) {
    String text =
        switch (change.kind()) {
          case ADD -> add(change.added(), anchor);
          case REMOVE -> remove(the(change));
          case REPLACE -> replace(the(change), some(change.added()));
          case BACKGROUND -> background(change.after().background());
          case TEXT -> text(change);
          case COLOUR -> colour(coloured(change), English.colour(change.added().subject()));
          case SIZE -> size(object(change), change.added().size() == ItemSize.LARGE);
          case MOVE -> move(object(change), Zone.of(change.added()));
          case COUNT -> count(change);
          case RENDERING -> rendering(object(change), change.added().subject());
        };
    return finished(text);
  }

  private String finished(String text) {
    if (wording.chance(0.08)) {
      return wording.pick("please ", "Please ") + text + ".";
    }
    if (wording.chance(0.06)) {
      return text + wording.pick(" please", ", please", " pls");
    }
    if (wording.chance(0.04)) {
      return wording.pick("can you ", "could you ", "Can you ") + text + "?";
    }
    return wording.chance(0.55) ? English.capitalised(text) + "." : text;
  }

  private String add(Item fresh, Anchor anchor) {
    List<String> verbs = List.of("add ", "add ", "draw ", "insert ", "put ", "place ");
    boolean open = anchor instanceof Anchor.Anywhere;
    String place =
        switch (anchor) {
          case Anchor.Near near ->
              " " + english.relation(near.relation()) + " " + english.the(near.item(), detail);
          case Anchor.In in -> " " + english.in(in.zone());
          case Anchor.Anywhere anywhere -> "";
        };
    return wording.pick(open ? verbs.subList(0, 4) : verbs) + some(fresh) + place;
  }

  private String remove(String the) {
    return wording.pick("remove ", "remove ", "delete ", "erase ", "take away ", "get rid of ")
        + the;
  }

  private String replace(String old, String fresh) {
    return wording.pick(
        "replace " + old + " with " + fresh,
        "replace " + old + " with " + fresh,
        "replace " + old + " by " + fresh,
        "turn " + old + " into " + fresh,
        "change " + old + " to " + fresh,
        "change " + old + " into " + fresh,
        "swap " + old + " for " + fresh,
        "make " + old + " " + fresh);
  }

  private String background(Background background) {
    String some = English.withArticle(english.background(background));
    if (background.sort() == Background.Sort.PLAIN && wording.chance(0.4)) {
      String word = English.word(background);
      return wording.pick(
          "make the background " + word,
          "change the background to " + word,
          "change the background colour to " + word,
          "change the background color to " + word,
          "turn the background " + word);
    }
    if (background.sort() != Background.Sort.PLAIN && wording.chance(0.3)) {
      return switch (background) {
        case GRASS -> wording.pick("put it on grass", "change the background to grass");
        case SKY -> wording.pick("put it in the sky", "change the background to the sky");
        case SUNSET -> wording.pick("make it sunset", "change the background to a sunset");
        default -> "make the background checkered";
      };
    }
    return wording.pick("change the background to ", "use ", "replace the background with ") + some;
  }

  private String text(Change change) {
    String old = ((Word) change.changed().subject()).letters();
    String fresh = ((Word) change.added().subject()).letters();
    return wording.pick(
        "change the word to " + fresh,
        "change the text to " + fresh,
        "replace " + old + " with " + fresh,
        "replace the word " + old + " with " + fresh,
        "change \"" + old + "\" to \"" + fresh + "\"",
        "write " + fresh + " instead of " + old,
        "make it say " + fresh,
        "make the text say " + fresh);
  }

  private String colour(String object, String colour) {
    return wording.pick(
        "make " + object + " " + colour,
        "make " + object + " " + colour,
        "paint " + object + " " + colour,
        "color " + object + " " + colour,
        "turn " + object + " " + colour,
        "change the colour of " + object + " to " + colour,
        "change the color of " + object + " to " + colour);
  }

  private String size(String object, boolean large) {
    return large
        ? wording.pick(
            "make " + object + " bigger",
            "make " + object + " larger",
            "make " + object + " big",
            "enlarge " + object)
        : wording.pick(
            "make " + object + " smaller", "make " + object + " small", "shrink " + object);
  }

  private String move(String object, Zone zone) {
    String to =
        switch (zone) {
          case MIDDLE -> wording.pick(" to the middle", " to the center", " to the centre");
          default -> " to the " + zone.word() + (zone.corner() ? wording.pick(" corner", "") : "");
        };
    return wording.chance(0.2)
        ? "put " + object + " " + english.in(zone)
        : wording.pick("move ", "move ", "shift ") + object + to;
  }

  private String count(Change change) {
    int before = change.before().items().size();
    int after = change.after().items().size();
    Item one = change.changed();
    boolean single = English.is(one.subject()).equals("is");
    if (single && after == before + 1 && wording.chance(0.5)) {
      return wording.pick("add one more ", "add another ") + english.bare(one, detail);
    }
    if (after > before && wording.chance(0.3)) {
      return "add " + English.number(after - before) + " more " + number(after - before, one);
    }
    if (single && after == before - 1 && wording.chance(0.4)) {
      return "remove one " + english.bare(one, detail);
    }
    String several = English.number(after) + " " + number(after, one);
    return wording.pick(
        "make it " + several,
        "change it to " + several,
        "show " + several + " instead of " + English.number(before),
        "change the number of " + english.plural(one, detail) + " to " + English.number(after));
  }

  private String number(int count, Item one) {
    return count == 1 ? english.bare(one, detail) : english.plural(one, detail);
  }

  private String rendering(String object, Subject subject) {
    Rendering rendering = ((Pictogram) subject).rendering();
    return switch (rendering) {
      case PLAIN ->
          wording.pick("make " + object + " normal", "show " + object + " in normal colours");
      case OUTLINE, SILHOUETTE ->
          wording.pick("turn ", "turn ", "change ")
              + object
              + wording.pick(" into ", " to ")
              + English.withArticle(rendering.word());
      case PIXELATED ->
          wording.pick("make " + object + " pixelated", "turn " + object + " into pixel art");
      case GREY ->
          wording.pick(
              "make " + object + " black and white",
              "make " + object + " greyscale",
              "turn " + object + " black and white");
      case INVERTED ->
          wording.pick(
              "invert the colours of " + object,
              "invert " + object,
              "make " + object + " inverted");
      case HATCHED -> wording.pick("make " + object + " hatched", "draw " + object + " hatched");
    };
  }

  private String some(Item item) {
    return english.some(item, Detail.USUAL);
  }

  private String the(Change change) {
    return english.the(change.changed(), detail);
  }

  private String coloured(Change change) {
    return change.changed().subject() instanceof Subject.Figure
        ? english.coloured(change.changed(), detail)
        : object(change);
  }

  /// `it` where there is nothing else.
  private String object(Change change) {
    return change.before().items().size() == 1 && wording.chance(IT_SHARE) ? "it" : the(change);
  }
}
