package ai.dimoo.train.tasks;

import ai.dimoo.train.source.TrainingPicture;

/// Words and the picture that they ask for.
///
/// @param picture its foreground is what the words are about
public record CaptionedPicture(String caption, TrainingPicture picture) {}
