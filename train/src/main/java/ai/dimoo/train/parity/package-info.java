/// Whether this program computes what the reference implementation computed: every case of a folder
/// laid out as the golden data.
///
/// Start at {@link ai.dimoo.train.parity.Parity}; there is a class for each group of cases.
@NullMarked
package ai.dimoo.train.parity;

import org.jspecify.annotations.NullMarked;
