package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;

/// Something that is so in a scene, or between two, and can be asked, in no language yet.
sealed interface Fact {

  /// What the only item is, or what the two or the equal ones are.
  record Contents(Scene scene) implements Fact {}

  /// How many like this one there are; of what is not there, none.
  record Count(Item one, int count) implements Fact {}

  /// How many items there are.
  record CountAll(int count) implements Fact {}

  record ColourOf(Item item, boolean several, Colour colour) implements Fact {}

  record BackgroundOf(Background background) implements Fact {}

  record ZoneOf(Item item, Zone zone) implements Fact {}

  record SizeOf(Item item) implements Fact {}

  /// Whether there is one like this.
  record Presence(Item one, boolean there) implements Fact {}

  /// What stands in a relation to an item.
  record Neighbour(Item anchor, Relation relation, Item neighbour) implements Fact {}

  /// What is the only other item.
  record NextTo(Item anchor, Item neighbour) implements Fact {}

  /// Whether a relation holds.
  record Related(Item a, Relation relation, Item b, boolean holds) implements Fact {}

  /// Which of two is in front; they are asked in this order.
  record InFront(Item a, Item b, Item front) implements Fact {}

  record ArtistOf(Item item, boolean several, Artist artist) implements Fact {}

  record RenderingOf(Item item, boolean several, Rendering rendering) implements Fact {}

  record Reading(Word word) implements Fact {}

  record Description(Scene scene) implements Fact {}

  /// Whether two pictures are the same in every way.
  record Same(boolean same) implements Fact {}

  /// Whether two pictures show the same things, whoever drew them and wherever they stand.
  record SameThings(boolean same) implements Fact {}

  /// What is different in the second picture.
  record Changed(Change change) implements Fact {}
}
