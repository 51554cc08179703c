/// Every task of the model in the world of pictograms, each with an exact answer.
///
/// In reading order: a [PictureTask] draws [TaskSample]s, which say what is given, what is asked
/// for and what would be right; [PictureTasks] lists them. [PaintTask] does so for painting into
/// pictures, [PictureQuestions] for questions about one picture or two. Samples hold scenes, not
/// pixels: [Motif#layers] paints them.
@NullMarked
package ai.dimoo.train.worlds.pictograms.tasks;

import org.jspecify.annotations.NullMarked;
