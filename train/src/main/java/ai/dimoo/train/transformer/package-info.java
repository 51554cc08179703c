/// Training of the transformer: masking, batches, the loss, the loop.
///
/// Start at {@link ai.dimoo.train.transformer.TransformerTrainer}.
@NullMarked
package ai.dimoo.train.transformer;

import org.jspecify.annotations.NullMarked;
