/// What the pictograms' world is made of: things, each drawn by two artists, and simple shapes,
/// letters and digits of our own.
///
/// In reading order: [Things] reads `things.tsv`, one [Thing] a line; [Icons] reads the artists'
/// vector graphics, which `bin/fetch-icons` puts into the [IconFolder]; [Sprites] draws them as a
/// [Sprite] of 64 or 32 pixels; [Rendering] and [Colour] change a sprite's looks; [SimpleShape] and
/// [Glyphs] need no icons; [Silhouettes] says which things look alike without their colours.
/// Everything is deterministic.
@NullMarked
package ai.dimoo.train.worlds.pictograms.things;

import org.jspecify.annotations.NullMarked;
