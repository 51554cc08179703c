package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.Map;
import java.util.Set;

/// Which things people may call by the name of another: a duck is a bird. Scenes do not show both,
/// and nobody asks for the one where the other stands, or a question would have two answers.
public final class Kinship {

  /// General names and what else they fit.
  private static final Map<String, Set<String>> GENERAL =
      Map.ofEntries(
          Map.entry(
              "person",
              Set.of(
                  "baby",
                  "astronaut",
                  "ninja",
                  "santa-claus",
                  "police-officer",
                  "mermaid",
                  "statue",
                  "robot",
                  "snowman")),
          Map.entry(
              "bird",
              Set.of("owl", "duck", "penguin", "chicken", "chick", "swan", "flamingo", "parrot")),
          Map.entry("fish", Set.of("whale", "dolphin", "shark", "jellyfish")),
          Map.entry("bear", Set.of("teddy-bear", "panda", "koala")),
          Map.entry("chicken", Set.of("chick")),
          Map.entry("horse", Set.of("unicorn", "zebra")),
          Map.entry("car", Set.of("taxi", "police-car", "ambulance", "bus", "truck")),
          Map.entry("truck", Set.of("fire-truck", "ambulance")),
          Map.entry("train", Set.of("locomotive")),
          Map.entry("boat", Set.of("ship")),
          Map.entry("airplane", Set.of("helicopter")),
          Map.entry("rocket", Set.of("ufo")),
          Map.entry("alien", Set.of("ufo", "monster")),
          Map.entry("tree", Set.of("pine-tree", "palm-tree", "christmas-tree")),
          Map.entry("pine-tree", Set.of("christmas-tree")),
          Map.entry("flower", Set.of("rose", "sunflower", "tulip", "cherry-blossom")),
          Map.entry("potted-plant", Set.of("cactus", "tree", "flower", "clover", "palm-tree")),
          Map.entry("house", Set.of("castle", "church", "office-building")),
          Map.entry("office-building", Set.of("factory", "castle", "church")),
          Map.entry("mountain", Set.of("volcano")),
          Map.entry("tent", Set.of("circus-tent")),
          Map.entry("smiling-face", Set.of("crying-face", "angry-face")),
          Map.entry("clock", Set.of("alarm-clock", "watch")),
          Map.entry("laptop", Set.of("keyboard")),
          Map.entry("cell-phone", Set.of("telephone")),
          Map.entry("cup", Set.of("wine-glass", "bowl", "beer")),
          Map.entry("glasses", Set.of("sunglasses", "wine-glass")),
          Map.entry("shoe", Set.of("boot", "high-heel")),
          Map.entry("cap", Set.of("top-hat")),
          Map.entry("knife", Set.of("dagger", "fork")),
          Map.entry("spoon", Set.of("fork")),
          Map.entry(
              "soccer-ball",
              Set.of("basketball", "baseball", "volleyball", "american-football", "bowling-ball")),
          Map.entry("cake", Set.of("cupcake")),
          Map.entry("hand", Set.of("thumbs-up")),
          Map.entry("star", Set.of("planet")),
          Map.entry("moon", Set.of("planet")),
          Map.entry("globe", Set.of("planet")),
          Map.entry("backpack", Set.of("handbag", "suitcase")),
          Map.entry("handbag", Set.of("suitcase")),
          Map.entry("cardboard-box", Set.of("gift")),
          Map.entry("mouse", Set.of("computer-mouse")),
          Map.entry("orange", Set.of("lemon")),
          Map.entry("fire", Set.of("candle")),
          Map.entry("envelope", Set.of("mailbox")),
          Map.entry("skateboard", Set.of("skis")));

  private Kinship() {}

  /// Whether one could be called by the other's name, or looks like it in outline.
  public static boolean confusable(Thing a, Thing b) {
    return a.silhouette().equals(b.silhouette())
        || GENERAL.getOrDefault(a.key(), Set.of()).contains(b.key())
        || GENERAL.getOrDefault(b.key(), Set.of()).contains(a.key());
  }
}
