/// The memory that this process may still take: what the machine has free, and what the container
/// that it runs in is allowed.
///
/// Start at {@link ai.dimoo.memory.FreeMemory}.
@NullMarked
package ai.dimoo.memory;

import org.jspecify.annotations.NullMarked;
