package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How an instruction says where something new is to stand.
sealed interface Anchor {

  /// As seen from something that is there.
  record Near(Relation relation, Item item) implements Anchor {}

  /// In a part of the picture.
  record In(Zone zone) implements Anchor {}

  /// Anywhere.
  record Anywhere() implements Anchor {}

  /// How often the place is left open.
  double OPEN_SHARE = 0.15;

  /// A way to say where the new item of a change stands.
  static Anchor draw(Change change, RandomGenerator random) {
    List<Item> items = change.after().items();
    int fresh = items.indexOf(change.added());
    List<Anchor> anchors = new ArrayList<>();
    for (int other = 0; other < items.size(); other++) {
      for (Relation relation : Relation.values()) {
        if (other != fresh && relation.clear(items, fresh, other)) {
          anchors.add(new Near(relation, items.get(other)));
        }
      }
    }
    if (Zone.clear(change.added()) && (anchors.isEmpty() || random.nextInt(4) == 0)) {
      anchors = List.of(new In(Zone.of(change.added())));
    }
    return anchors.isEmpty() || random.nextDouble() < OPEN_SHARE
        ? new Anywhere()
        : anchors.get(random.nextInt(anchors.size()));
  }

  /// What the place demands; null if it is left open.
  default @Nullable Place place() {
    return switch (this) {
      case Near near -> new Place.Near(near.relation(), Look.exactly(near.item().subject()));
      case In in -> new Place.In(in.zone());
      case Anywhere anywhere -> null;
    };
  }
}
