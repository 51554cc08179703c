/// Training runs: phases that are done one after another or by themselves, and the folder in which
/// their state lies. Knows the trainers, but no world.
///
/// Start at {@link ai.dimoo.train.runs.Run}.
@NullMarked
package ai.dimoo.train.runs;

import org.jspecify.annotations.NullMarked;
