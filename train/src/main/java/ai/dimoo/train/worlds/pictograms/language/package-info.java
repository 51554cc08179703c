/// What is said about scenes, in English and Chinese: captions, questions with their answers, and
/// instructions.
///
/// In reading order: [WordChoice] chooses among words that mean the same, [English] and [Chinese]
/// name what stands in a scene, [Captions] and [Questions] speak about whole scenes, and
/// [EvaluationPrompts] are the captions that scores are counted with. Every caption carries the
/// [ai.dimoo.train.worlds.pictograms.scene.Requirement] that a picture of it has to meet.
@NullMarked
package ai.dimoo.train.worlds.pictograms.language;

import org.jspecify.annotations.NullMarked;
