package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import java.util.List;

/// What a step of a sampler left behind.
///
/// @param step counted from 1
/// @param steps the most that there will be
/// @param masked tokens still masked
/// @param tokens the whole present sequence, masks among them
/// @param computed for each branch (the conditional sequence first) the positions that the step
///   computed; all of them without the max-logit cache
public record DecodingStep(
    int step, int steps, int masked, TokenIds tokens, List<int[]> computed) {}
