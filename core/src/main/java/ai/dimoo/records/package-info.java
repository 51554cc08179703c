/// Records of training data as tokens, and the files that hold them: what `dimoo prepare` writes
/// and `dimoo train` reads. The entry is {@link ai.dimoo.records.RecordShard}.
@NullMarked
package ai.dimoo.records;

import org.jspecify.annotations.NullMarked;
