/// The recipe of the pocket model, the small model that this project ships: tokenizer, VQ model and
/// transformer on the shapes world, from nothing.
///
/// Start at {@link ai.dimoo.train.pocket.PocketRecipe}.
@NullMarked
package ai.dimoo.train.pocket;

import org.jspecify.annotations.NullMarked;
