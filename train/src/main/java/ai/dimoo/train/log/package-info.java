/// Where a training run tells how it goes.
///
/// Start at {@link ai.dimoo.train.log.TrainingListener}; {@link ai.dimoo.train.log.EventFile}
/// writes what TensorBoard shows.
@NullMarked
package ai.dimoo.train.log;

import org.jspecify.annotations.NullMarked;
