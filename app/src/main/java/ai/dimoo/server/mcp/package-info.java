/// The Model Context Protocol: the model's tasks as tools of other models, over standard input and
/// output (`dimoo mcp`) and over HTTP (`/mcp`).
///
/// {@link ai.dimoo.server.mcp.McpEndpoint} and {@link ai.dimoo.server.mcp.McpOverStreams} are the
/// two transports; both offer what {@link ai.dimoo.server.mcp.ModelTools} holds.
@NullMarked
package ai.dimoo.server.mcp;

import org.jspecify.annotations.NullMarked;
