/// What a model can be asked for, and what made a picture: the sealed {@link
/// ai.dimoo.request.Request}s, their {@link ai.dimoo.request.Sampling} with the one table of its
/// fields, {@link ai.dimoo.request.SamplingTable}, and the {@link ai.dimoo.request.Recipe} that
/// gives a picture's request again.
@NullMarked
package ai.dimoo.request;

import org.jspecify.annotations.NullMarked;
