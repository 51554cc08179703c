/// The recipe of the pocket model, the small model that this project ships: tokenizer, VQ model and
/// transformer on the world of pictograms, from nothing.
///
/// Start at {@link ai.dimoo.train.pocket.PictogramRecipe}.
@NullMarked
package ai.dimoo.train.pocket;

import org.jspecify.annotations.NullMarked;
