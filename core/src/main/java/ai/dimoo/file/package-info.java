/// Files that are there whole or not at all, and files that one process holds. Start at {@link
/// ai.dimoo.file.AtomicFile}; {@link ai.dimoo.file.WholeFile} writes where a user wants it, and
/// {@link ai.dimoo.file.NativeFolder} is where native libraries are unpacked.
@NullMarked
package ai.dimoo.file;

import org.jspecify.annotations.NullMarked;
