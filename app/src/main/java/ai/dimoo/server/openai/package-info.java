/// OpenAI's wire format: the only place that knows its names. Requests become the library's,
/// results and failures become its JSON and its event streams.
@NullMarked
package ai.dimoo.server.openai;

import org.jspecify.annotations.NullMarked;
