/// How good generated pictures are, as numbers over many of them. Features and class logits come
/// from the caller; nothing here looks at pixels.
///
/// One class for each: {@link ai.dimoo.train.metrics.FrechetDistance}, {@link
/// ai.dimoo.train.metrics.KernelDistance}, {@link ai.dimoo.train.metrics.InceptionScore}.
@NullMarked
package ai.dimoo.train.metrics;

import org.jspecify.annotations.NullMarked;
