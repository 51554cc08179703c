/// The whole comparison with the reference implementation: the library's cases, {@link
/// ai.dimoo.parity.LibraryCases}, then those of training and of metrics.
///
/// Start at {@link ai.dimoo.train.parity.Parity}.
@NullMarked
package ai.dimoo.train.parity;

import org.jspecify.annotations.NullMarked;
