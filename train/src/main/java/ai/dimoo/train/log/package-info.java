/// Where a training run tells how it goes.
@NullMarked
package ai.dimoo.train.log;

import org.jspecify.annotations.NullMarked;
