/// Training data of one's own: records in files, and the same as tokens.
@NullMarked
package ai.dimoo.train.data;

import org.jspecify.annotations.NullMarked;
