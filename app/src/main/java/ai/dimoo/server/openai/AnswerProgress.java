package ai.dimoo.server.openai;

/// A step of an answer is done.
///
/// @param step counted from 1
/// @param steps the most that there will be
/// @param beginning of the answer, which later steps only add to
public record AnswerProgress(int step, int steps, String beginning) {}
