/// How good a model of the shapes world is, judged by pixels and right answers on combinations that
/// training never saw.
///
/// Start at {@link ai.dimoo.train.worlds.shapes.evaluation.ShapesEvaluation}.
@NullMarked
package ai.dimoo.train.worlds.shapes.evaluation;

import org.jspecify.annotations.NullMarked;
