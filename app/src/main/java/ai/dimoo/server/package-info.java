/// The server: `dimoo serve`. HTTP by Javalin, the engine behind a bounded queue, limits, keys,
/// metrics, the access log.
///
/// Start at {@link ai.dimoo.server.DimooServer}. The wire format of OpenAI's API is in {@link
/// ai.dimoo.server.openai}.
@NullMarked
package ai.dimoo.server;

import org.jspecify.annotations.NullMarked;
