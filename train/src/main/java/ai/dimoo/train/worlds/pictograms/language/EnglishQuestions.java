package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;

/// Asks and answers in English. Questions come in many wordings, answers in one.
final class EnglishQuestions implements QuestionWords {

  private static final Detail NAME = Detail.NAME;

  private final WordChoice wording;
  private final English english;
  private final English usual = new English(WordChoice.USUAL);

  EnglishQuestions(WordChoice wording) {
    this.wording = wording;
    english = new English(wording);
  }

  @Override
  public String question(Fact fact) {
    String text =
        switch (fact) {
          case Fact.Contents contents -> contents(contents.scene());
          case Fact.Count count -> count(count.one());
          case Fact.CountAll all ->
              wording.pick(
                  "how many things are there?",
                  "how many objects are in the picture?",
                  "how many things do you see?");
          case Fact.ColourOf of -> colour(of.item(), of.several());
          case Fact.BackgroundOf of -> background(of.background());
          case Fact.ZoneOf of -> where(of.item());
          case Fact.SizeOf of -> size(of.item());
          // A synonym of what is not there might also fit something that is.
          case Fact.Presence presence ->
              presence(presence.one(), presence.there() ? english : usual);
          case Fact.Neighbour n ->
              wording.pick("what is ", "what is ", "what's ", "which thing is ")
                  + english.relation(n.relation())
                  + " "
                  + the(n.anchor())
                  + "?";
          case Fact.NextTo next ->
              wording.pick("what is next to ", "what is beside ", "what stands next to ")
                  + the(next.anchor())
                  + "?";
          case Fact.Related r ->
              English.is(r.a().subject())
                  + " "
                  + the(r.a())
                  + " "
                  + english.relation(r.relation())
                  + " "
                  + the(r.b())
                  + "?";
          case Fact.InFront f ->
              wording.pick("which is in front, ", "what is in front, ", "which one is nearer, ")
                  + the(f.a())
                  + " or "
                  + the(f.b())
                  + "?";
          case Fact.ArtistOf of -> artist(of.item(), of.several());
          case Fact.RenderingOf of ->
              "how " + are(of.item(), of.several()) + wording.pick(" shown?", " drawn?");
          case Fact.Reading reading -> read(reading.word());
          case Fact.Description description ->
              wording.pick(
                  "describe the picture.",
                  "describe the image.",
                  "describe this picture in one sentence.",
                  "what does the picture show?",
                  "write a caption for this picture.",
                  "caption this image.");
          case Fact.Same same ->
              wording.pick(
                  "are the two pictures the same?",
                  "are these pictures identical?",
                  "do both pictures look the same?");
          case Fact.SameThings same ->
              wording.pick(
                  "do both pictures show the same thing?",
                  "do the two pictures show the same thing?",
                  "is it the same thing in both pictures?");
          case Fact.Changed changed ->
              wording.pick(
                  "what changed?",
                  "what has changed?",
                  "what is different in the second picture?",
                  "what is the difference between the two pictures?");
        };
    return written(text);
  }

  /// Mostly with a capital, now and then without the mark at the end.
  private String written(String text) {
    String cased = wording.chance(0.3) ? text : English.capitalised(text);
    return wording.chance(0.08) ? cased.substring(0, cased.length() - 1) : cased;
  }

  private String contents(Scene scene) {
    if (scene.items().size() == 1) {
      return wording.pick(
          "what is this?",
          "what is it?",
          "what is in the picture?",
          "what do you see?",
          "what is shown here?",
          "which object is this?",
          "what's in this image?");
    }
    return wording.pick(
        "what is in the picture?",
        "what do you see?",
        "what things are in the picture?",
        "what's in this image?",
        "which objects are there?");
  }

  private String count(Item one) {
    String plural = english.plural(one, NAME);
    return wording.pick(
        "how many " + plural + " are there?",
        "how many " + plural + " are there?",
        "how many " + plural + " do you see?",
        "how many " + plural + " are in the picture?",
        "how many " + plural + "?",
        "count the " + plural + ".");
  }

  private String colour(Item item, boolean several) {
    String colour = wording.pick("colour ", "color ");
    if (item.subject() instanceof Figure) {
      return "what " + colour + "is " + usual.coloured(item, NAME) + "?";
    }
    return wording.pick("what ", "what ", "which ") + colour + are(item, several) + "?";
  }

  private String background(Background background) {
    return background.sort() == Background.Sort.PLAIN
        ? wording.pick(
            "what colour is the background?",
            "what color is the background?",
            "which colour does the background have?")
        : wording.pick(
            "what is the background?",
            "what is in the background?",
            "what kind of background is it?");
  }

  private String where(Item item) {
    return "where "
        + English.is(item.subject())
        + " "
        + the(item)
        + wording.pick("?", "?", " in the picture?", " in the image?");
  }

  private String size(Item item) {
    String is = English.is(item.subject()) + " " + the(item);
    return wording.pick("how big " + is + "?", is + " big or small?", "how large " + is + "?");
  }

  private String presence(Item one, English english) {
    String some = english.some(one, Detail.USUAL);
    String is = English.is(one.subject());
    return wording.pick(
        is + " there " + some + "?",
        is + " there " + some + " in the picture?",
        is + " there " + some + " in the image?",
        "do you see " + some + "?",
        "can you see " + some + "?",
        "does the picture show " + some + "?");
  }

  private String artist(Item item, boolean several) {
    String are = are(item, several);
    return wording.pick(
        "which artist drew " + these(item, several) + "?",
        "who drew " + these(item, several) + "?",
        "in which style " + are + " drawn?",
        "which style is this?");
  }

  private String read(Word word) {
    return English.isNumber(word)
        ? wording.pick(
            "what number is it?",
            "read the number.",
            "which number do you see?",
            "what does it say?")
        : wording.pick(
            "read the word.",
            "what does it say?",
            "what is written here?",
            "which word do you see?",
            "read the text.",
            "what does the text say?");
  }

  private String the(Item item) {
    return english.the(item, NAME);
  }

  private String these(Item item, boolean several) {
    return several ? "the " + english.plural(item, NAME) : the(item);
  }

  /// `is the fox`, `are the foxes`.
  private String are(Item item, boolean several) {
    String is = several ? "are" : English.is(item.subject());
    return is + " " + these(item, several);
  }

  @Override
  public String answer(Fact fact) {
    return switch (fact) {
      case Fact.Contents contents -> answer(contents.scene());
      case Fact.Count count -> English.number(count.count());
      case Fact.CountAll all -> English.number(all.count());
      case Fact.ColourOf of -> of.colour().word();
      case Fact.BackgroundOf of -> English.word(of.background());
      case Fact.ZoneOf of -> of.zone().word();
      case Fact.SizeOf of -> of.item().size().word();
      case Fact.Presence presence -> yes(presence.there());
      case Fact.Neighbour n -> usual.some(n.neighbour(), Detail.USUAL);
      case Fact.NextTo next -> usual.some(next.neighbour(), Detail.USUAL);
      case Fact.Related related -> yes(related.holds());
      case Fact.InFront f -> usual.the(f.front(), NAME);
      case Fact.ArtistOf of -> of.artist().word();
      case Fact.RenderingOf of -> of.rendering().word();
      case Fact.Reading reading -> reading.word().letters();
      case Fact.Description description ->
          Captions.description(description.scene(), Language.ENGLISH);
      case Fact.Same same -> yes(same.same());
      case Fact.SameThings same -> yes(same.same());
      case Fact.Changed changed -> changed(changed.change());
    };
  }

  private String answer(Scene scene) {
    CaptionPlan plan = CaptionPlan.description(scene);
    return new EnglishCaptions(WordChoice.USUAL).description(plan.withoutPlaces());
  }

  private static String yes(boolean so) {
    return so ? "yes" : "no";
  }

  private String changed(Change change) {
    return switch (change.kind()) {
      case ADD -> usual.some(change.added(), Detail.USUAL) + " was added";
      case REMOVE -> the(usual, change) + " was removed";
      case REPLACE -> the(usual, change) + " became " + usual.some(change.added(), Detail.USUAL);
      case BACKGROUND -> "the background became " + English.word(change.after().background());
      case TEXT -> "the word became " + ((Word) change.added().subject()).letters();
      case COLOUR ->
          usual.coloured(change.changed(), NAME)
              + " became "
              + English.colour(change.added().subject());
      case SIZE -> the(usual, change) + " became " + change.added().size().word();
      case MOVE -> the(usual, change) + " moved to the " + Zone.of(change.added()).word();
      case COUNT -> counted(change.after().items().size(), change.changed());
      case RENDERING -> the(usual, change) + " became " + English.way(change.added().subject());
    };
  }

  private String counted(int count, Item one) {
    return count == 1
        ? "there is now one " + usual.bare(one, NAME)
        : "there are now " + usual.several(count, one, NAME);
  }

  private static String the(English english, Change change) {
    return english.the(change.changed(), NAME);
  }
}
