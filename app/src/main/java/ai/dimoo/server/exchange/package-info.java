/// One request and its answer, whatever the API: what it may take, why it is refused, what is
/// recorded of it, its connection, its stream of events.
///
/// Start at {@link ai.dimoo.server.exchange.RequestRecord} and {@link
/// ai.dimoo.server.exchange.Refusal}.
@NullMarked
package ai.dimoo.server.exchange;

import org.jspecify.annotations.NullMarked;
