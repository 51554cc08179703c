/// What the trainers see of the world of pictograms: pictures for the VQ model, and entries for the
/// makers of examples.
///
/// Start at {@link ai.dimoo.train.worlds.pictograms.training.WorldEntries}.
@NullMarked
package ai.dimoo.train.worlds.pictograms.training;

import org.jspecify.annotations.NullMarked;
