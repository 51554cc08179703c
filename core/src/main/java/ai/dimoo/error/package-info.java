/// What can go wrong, by who can mend it: the user, or the machine. Everything else is a bug. And
/// how what is foreign, a file's text or a system's word, stands in the line that says so.
@NullMarked
package ai.dimoo.error;

import org.jspecify.annotations.NullMarked;
