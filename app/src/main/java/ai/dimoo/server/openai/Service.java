package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Trust;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.metrics.ServerMetrics;

/// What all models of a server have in common.
///
/// @param queue what they have to do
/// @param limits what requests may take
/// @param metrics counts what they make
/// @param decoded the memory for decoded input pictures
/// @param trust how far what clients send is followed
public record Service(
    JobQueue queue, Limits limits, ServerMetrics metrics, HeapRoom decoded, Trust trust) {}
