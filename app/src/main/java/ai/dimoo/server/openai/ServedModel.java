package ai.dimoo.server.openai;

import ai.dimoo.Dimoo;
import ai.dimoo.server.Limits;
import ai.dimoo.server.job.JobQueue;
import java.time.Instant;

/// The model behind the server.
///
/// @param name what clients call it
/// @param dimoo the model, which somebody else closes
/// @param queue what it has to do
/// @param limits what requests may take
/// @param since when the server began to serve it
public record ServedModel(
    String name, Dimoo dimoo, JobQueue queue, Limits limits, Instant since) {}
