package ai.dimoo.request;

/// Which model made a picture, and in what it computed: the same identity and seed give the same
/// picture. Immutable.
///
/// @param name the folder's name, or the repository's in the Hugging Face cache with its commit
/// @param fingerprint 16 hexadecimal digits that another model of the same name would not have
/// @param device LibTorch's name of it
/// @param dtype the transformer's number format; of weights in few bits, theirs and the one of the
///   computation: `int8+float32`
public record ModelIdentity(String name, String fingerprint, String device, String dtype) {}
