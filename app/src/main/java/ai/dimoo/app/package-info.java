/// The command line. {@link ai.dimoo.app.Main} is the entry: one class per command, groups of
/// options that several commands share as `…Options`, and what every command needs: progress,
/// stopping at Ctrl-C, and errors as one line.
@NullMarked
package ai.dimoo.app;

import org.jspecify.annotations.NullMarked;
