/// The shapes world: a small, fully known world of flat coloured shapes on which the pocket model
/// is trained and measured.
///
/// In reading order: [Scene] says what is in a picture, [SceneGenerator] draws scenes, [Renderer]
/// paints them, [Captions], [Questions] and [Edits] put them into words, [HeldOut] says which
/// combinations training never sees, [EvaluationPrompts] asks for those, and [Judge] looks at
/// pixels alone and says what is there. Everything is a pure function of its seed.
@NullMarked
package ai.dimoo.train.worlds.shapes;

import org.jspecify.annotations.NullMarked;
