package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import java.util.List;
import java.util.random.RandomGenerator;

/// Asks for changes in plain words. What an instruction names is there once. Stateless.
public final class Instructions {

  private Instructions() {}

  /// One of the many instructions that ask for a change, English or Chinese.
  ///
  /// @param random decides which; the same state gives the same instruction
  public static Instruction of(Change change, RandomGenerator random) {
    return of(change, Language.draw(random), random);
  }

  /// One of the many instructions that ask for a change in a language.
  public static Instruction of(Change change, Language language, RandomGenerator random) {
    Anchor anchor =
        change.kind() == Change.Kind.ADD ? Anchor.draw(change, random) : new Anchor.Anywhere();
    Detail detail = new Detail(random.nextDouble() < 0.4, random.nextDouble() < 0.6, false);
    WordChoice wording = WordChoice.random(random);
    String text =
        switch (language) {
          case ENGLISH -> new EnglishInstructions(wording, detail).of(change, anchor);
          case CHINESE -> new ChineseInstructions(wording, detail).of(change, anchor);
        };
    return new Instruction(text, language, change, requirement(change, anchor));
  }

  /// What a picture has to show after a change: the new thing, and everything else as it was.
  private static Requirement requirement(Change change, Anchor anchor) {
    Scene after = change.after();
    return switch (change.kind()) {
      case REMOVE, BACKGROUND -> Requirement.exactly(after);
      case ADD ->
          changed(
              change.before().items(),
              Part.one(Look.named(change.added().subject())).at(anchor.place()),
              after);
      case REPLACE -> fresh(change, Look.named(change.added().subject()), here(change));
      case TEXT, COLOUR, RENDERING -> fresh(change, look(change), here(change));
      case SIZE ->
          fresh(
              change,
              look(change).sized(change.added().size()),
              new Place.Touching(change.changed()));
      case MOVE -> fresh(change, look(change), new Place.In(Zone.of(change.added())));
      case COUNT -> changed(List.of(), Part.exactly(after.items().size(), look(change)), after);
    };
  }

  private static Look look(Change change) {
    return Look.exactly(change.added().subject());
  }

  private static Place here(Change change) {
    return new Place.On(change.added().column(), change.added().row());
  }

  private static Requirement fresh(Change change, Look look, Place place) {
    List<Item> kept = change.before().without(change.changed()).items();
    return changed(kept, Part.one(look).at(place), change.after());
  }

  private static Requirement changed(List<Item> kept, Part part, Scene after) {
    return new Requirement(List.of(part), kept, after.background());
  }
}
