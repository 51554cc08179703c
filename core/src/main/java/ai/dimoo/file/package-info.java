/// Files that are there whole or not at all, and files that one process holds. Start at {@link
/// ai.dimoo.file.AtomicFile}; {@link ai.dimoo.file.WholeFile} writes where a user wants it.
@NullMarked
package ai.dimoo.file;

import org.jspecify.annotations.NullMarked;
