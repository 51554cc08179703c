package ai.dimoo.hub;

/// A file of a repository at a commit.
///
/// @param name its path in the repository, checked to stay inside
/// @param etag the hash that names its content: sha256 of the bytes (64 digits), or the sha1 that
///   git gives a blob (40 digits)
/// @param size its bytes
record HubFile(String name, String etag, long size) {}
