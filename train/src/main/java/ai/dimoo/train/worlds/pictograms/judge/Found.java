package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import java.util.List;

/// Something that the judge found in a picture.
///
/// @param item what it is, and where
/// @param alike what it may be as well: subjects that look the same, so that pixels cannot tell,
///   such as the silhouettes of two round things
/// @param margin how much better it fits than anything of another name would at that place, from 0
///   (as well as another) to 1 (perfectly)
public record Found(Item item, List<Subject> alike, double margin) {

  public Found {
    alike = List.copyOf(alike);
  }
}
