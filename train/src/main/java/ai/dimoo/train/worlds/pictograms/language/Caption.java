package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Requirement;

/// Words that ask for a picture.
///
/// @param requirement what a picture has to show to be right
public record Caption(String text, Language language, Requirement requirement) {}
