/// The linear layers of a transformer, and the one place where it is chosen how each is stored and
/// multiplied. Whoever adds a format (int8, int4, an adapter beside the weight) adds a {@link
/// ai.dimoo.linear.LinearLayer} and a case in {@link ai.dimoo.linear.Linears}; the transformer does
/// not change.
@NullMarked
package ai.dimoo.linear;

import org.jspecify.annotations.NullMarked;
