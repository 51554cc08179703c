package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.things.FetchedIcons;
import ai.dimoo.train.worlds.pictograms.things.Icons;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.List;

/// All things drawn, and a judge that knows them, each made once for all tests of a JVM.
public final class AllThings {

  private static final class Holder {
    static final List<Thing> DRAWN = Icons.open().all(Things.load());
    static final Compositor COMPOSITOR = new Compositor(Sprites.draw(DRAWN));
  }

  private static final class JudgeHolder {
    static final Judge JUDGE = new Judge(Things.load().taught(), Holder.COMPOSITOR);
  }

  private AllThings() {}

  /// Everything that both artists drew, taught or not.
  static List<Thing> drawn() {
    FetchedIcons.require();
    return Holder.DRAWN;
  }

  /// Paints whatever was drawn; skips the test where the icons were not fetched.
  public static Compositor compositor() {
    FetchedIcons.require();
    return Holder.COMPOSITOR;
  }

  /// Knows what is taught.
  public static Judge judge() {
    FetchedIcons.require();
    return JudgeHolder.JUDGE;
  }
}
