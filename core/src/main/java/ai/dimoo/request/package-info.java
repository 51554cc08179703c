/// What a model can be asked for, and what made a picture: the sealed {@link
/// ai.dimoo.request.Request}s and the {@link ai.dimoo.request.Recipe} that makes one again.
@NullMarked
package ai.dimoo.request;

import org.jspecify.annotations.NullMarked;
