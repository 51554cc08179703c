package ai.dimoo.server.exchange;

/// How far what clients send is followed beyond the fields of a request. Immutable.
///
/// @param imageUrls whether pictures are fetched from `http(s)` URLs in requests
/// @param promptSettings whether settings within a prompt, as clients of stable-diffusion.cpp send
///   them, reach the sampler; else they are words like others
public record Trust(boolean imageUrls, boolean promptSettings) {

  /// Fetches nothing.
  public static final Trust DEFAULT = new Trust(false, true);
}
