/// The mask predictor: LLaDA's bidirectional transformer, from token ids to logits.
///
/// Start at {@link ai.dimoo.transformer.Transformer}.
@NullMarked
package ai.dimoo.transformer;

import org.jspecify.annotations.NullMarked;
