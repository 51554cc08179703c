/// Several processes that train one model together, each on a part of every batch.
///
/// Start at {@link ai.dimoo.train.parallel.Ranks}; {@link ai.dimoo.train.parallel.Rendezvous} is
/// how they find each other.
@NullMarked
package ai.dimoo.train.parallel;

import org.jspecify.annotations.NullMarked;
