/// How good generated pictures are, as numbers over many of them. Features and class logits come
/// from the caller; nothing here looks at pixels.
@NullMarked
package ai.dimoo.train.metrics;

import org.jspecify.annotations.NullMarked;
