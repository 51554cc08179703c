/// What a step costs on this machine: seconds, tokens a second, memory, each part of a forward pass
/// alone, and the same parts as the reference computes them.
///
/// Start at {@link ai.dimoo.train.bench.Bench}.
@NullMarked
package ai.dimoo.train.bench;

import org.jspecify.annotations.NullMarked;
