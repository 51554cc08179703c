/// Shortcut networks, which take sampling steps in a transformer's place: how they are trained
/// while it samples. Start at `ShortcutTrainer`.
@NullMarked
package ai.dimoo.train.shortcut;

import org.jspecify.annotations.NullMarked;
