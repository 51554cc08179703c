package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;

/// Words that ask for a change of a picture.
///
/// @param change what they ask for; of several ways to do it, one
/// @param requirement what the changed picture has to show to be right
public record Instruction(String text, Language language, Change change, Requirement requirement) {}
