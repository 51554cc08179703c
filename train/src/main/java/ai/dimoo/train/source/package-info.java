/// Where training data comes from, whatever the world: batches of pictures, examples for the
/// transformer, a mix of several kinds of examples. Everything here is a pure function of the step,
/// so that a run that was stopped goes on with the data that it would have had. Knows nothing of
/// LibTorch.
///
/// Start at {@link ai.dimoo.train.source.ExampleSource} and {@link
/// ai.dimoo.train.source.PictureSource}.
@NullMarked
package ai.dimoo.train.source;

import org.jspecify.annotations.NullMarked;
