/// OpenAI's wire format: the only place that knows its names. Requests become the library's,
/// results and failures become its JSON and its event streams.
///
/// Start at {@link ai.dimoo.server.openai.ImagesApi}, {@link ai.dimoo.server.openai.ChatApi} and
/// {@link ai.dimoo.server.openai.ModelsApi}, a class for each part of the API; {@link
/// ai.dimoo.server.openai.Fields} reads what a client sent.
@NullMarked
package ai.dimoo.server.openai;

import org.jspecify.annotations.NullMarked;
