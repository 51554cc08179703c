/// Whether this library computes what the reference implementation computed: every case of a folder
/// laid out as the golden data. The library's tests and `dimoo parity` run the same comparisons.
///
/// Start at {@link ai.dimoo.parity.LibraryCases}; there is a class for each group of cases. The
/// groups that need the trainer are beside it.
@NullMarked
package ai.dimoo.parity;

import org.jspecify.annotations.NullMarked;
