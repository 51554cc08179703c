/// What can go wrong, by who can mend it: the user, or the machine. Everything else is a bug. And
/// how what is foreign, a file's text or a system's word, stands in the line that says so.
///
/// Start at {@link ai.dimoo.error.DimooException}.
@NullMarked
package ai.dimoo.error;

import org.jspecify.annotations.NullMarked;
