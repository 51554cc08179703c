/// What can go wrong, by who can mend it: the user, or the machine. Everything else is a bug.
@NullMarked
package ai.dimoo.error;

import org.jspecify.annotations.NullMarked;
