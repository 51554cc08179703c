/// How good a model of the world of pictograms is, task by task, on combinations that training
/// never saw.
///
/// In reading order: a [Suite] has [Trial]s, each of which asks a [Pupil], the model, for something
/// and says in an [Outcome] how right the answer is; [Evaluation] runs suites and makes
/// [SuiteScores] of the outcomes; [ScoresFile] writes them; [Suites] lists all suites.
@NullMarked
package ai.dimoo.train.worlds.pictograms.evaluation;

import org.jspecify.annotations.NullMarked;
