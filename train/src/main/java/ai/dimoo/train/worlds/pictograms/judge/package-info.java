/// Looks at pixels alone and says what stands where in a picture of the world of pictograms.
///
/// Start at {@link ai.dimoo.train.worlds.pictograms.judge.Judge}.
@NullMarked
package ai.dimoo.train.worlds.pictograms.judge;

import org.jspecify.annotations.NullMarked;
