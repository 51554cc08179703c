/// The picture tokeniser: a VQ model that turns pixels into codes and codes into pixels.
///
/// Start at {@link ai.dimoo.vq.VqModel}.
@NullMarked
package ai.dimoo.vq;

import org.jspecify.annotations.NullMarked;
