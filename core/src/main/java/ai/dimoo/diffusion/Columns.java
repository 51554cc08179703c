package ai.dimoo.diffusion;

/// The tokens whose logits a decoding reads: from … to − 1.
///
/// @param from first token id
/// @param to one past the last token id
public record Columns(int from, int to) {}
