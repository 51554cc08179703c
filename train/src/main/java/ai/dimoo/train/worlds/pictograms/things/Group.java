package ai.dimoo.train.worlds.pictograms.things;

/// What kind of thing it is, for scenes in which things belong together and for general questions.
public enum Group {
  ANIMAL,
  PLANT,
  FOOD,
  DRINK,
  VEHICLE,
  /// Buildings and places.
  PLACE,
  /// Sky, weather and landscape.
  NATURE,
  HOUSEHOLD,
  TOOL,
  ELECTRONICS,
  CLOTHING,
  SPORT,
  MUSIC,
  /// Toys, games and festivities.
  PLAY,
  OFFICE,
  STREET,
  PERSON,
  BODY,
  FACE,
  FANTASY,
  SYMBOL,
  /// Things that exist in both sets but are not taught.
  OTHER
}
