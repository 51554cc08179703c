/// What a model can do and what it knows, as far as its folder says: tasks, sizes, languages,
/// things.
///
/// Start at {@link ai.dimoo.knowledge.Knowledge}.
@NullMarked
package ai.dimoo.knowledge;

import org.jspecify.annotations.NullMarked;
