/// From a world's entries to training examples: one maker for each kind of task, in the layouts
/// that inference uses. Knows tokens, but no world and nothing of LibTorch.
///
/// A world supplies {@link ai.dimoo.train.tasks.Entries} of {@link
/// ai.dimoo.train.tasks.CaptionedPicture}, {@link ai.dimoo.train.tasks.PictureChange} and {@link
/// ai.dimoo.train.tasks.AnsweredQuestion}.
@NullMarked
package ai.dimoo.train.tasks;

import org.jspecify.annotations.NullMarked;
