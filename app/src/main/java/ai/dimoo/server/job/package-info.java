/// Work for the engine, in the order in which it came: a bounded queue, jobs that requests follow
/// and may join, limits in time.
///
/// Start at {@link ai.dimoo.server.job.JobQueue}. Knows neither HTTP nor the model.
@NullMarked
package ai.dimoo.server.job;

import org.jspecify.annotations.NullMarked;
