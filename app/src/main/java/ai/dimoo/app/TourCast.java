package ai.dimoo.app;

import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnownThing;
import java.util.ArrayList;
import java.util.List;

/// Who appears on a tour: four different things that the model knows. Immutable.
///
/// @param names without articles, in the order in which they appear
record TourCast(List<String> names) {

  private static final int SIZE = 4;
  private static final List<String> FAVOURITES = List.of("fox", "pizza", "cake", "owl");

  /// Those that are liked best, then the first ones that the model knows.
  static TourCast of(Knowledge knowledge) {
    List<String> known = knowledge.things().stream().map(KnownThing::name).toList();
    List<String> names = new ArrayList<>(FAVOURITES);
    if (knowledge.limited()) {
      names.retainAll(known);
      known.stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    while (names.size() < SIZE) { // of models that know three things or fewer
      names.add(names.getFirst());
    }
    return new TourCast(List.copyOf(names.subList(0, SIZE)));
  }

  /// `the fox`
  String the(int who) {
    return "the " + names.get(who);
  }

  /// `a fox`, `an owl`
  String a(int who) {
    String name = names.get(who);
    return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }
}
