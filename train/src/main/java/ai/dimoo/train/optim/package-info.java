/// Weights that learn: master copies in float32, their gradients, the optimiser, averages. Start at
/// `Parameters` and `AdamW`.
@NullMarked
package ai.dimoo.train.optim;

import org.jspecify.annotations.NullMarked;
