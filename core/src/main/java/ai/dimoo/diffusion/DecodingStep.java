package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;

/// What a step of a sampler left behind. Immutable.
///
/// @param step counted from 1
/// @param steps the most that there will be
/// @param masked tokens still masked
/// @param tokens the whole present sequence, masks among them
public record DecodingStep(int step, int steps, int masked, TokenIds tokens) {}
