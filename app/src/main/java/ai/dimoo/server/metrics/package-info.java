/// What the server counts and measures, for Prometheus.
///
/// Start at {@link ai.dimoo.server.metrics.ServerMetrics}. Knows neither HTTP nor OpenAI's names.
@NullMarked
package ai.dimoo.server.metrics;

import org.jspecify.annotations.NullMarked;
