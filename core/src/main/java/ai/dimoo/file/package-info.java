/// Files that are there whole or not at all. Start at {@link ai.dimoo.file.AtomicFile}.
@NullMarked
package ai.dimoo.file;

import org.jspecify.annotations.NullMarked;
