package ai.dimoo.server;

import java.time.Duration;

/// What one request, and all together, may take.
///
/// @param queue requests that may wait for the engine
/// @param requestTime time of a request, the wait included
/// @param bodyBytes size of a request's body
/// @param inputPixels pixels of an input picture, known before it is decoded
/// @param outputPixels pixels of a picture that is made
/// @param promptCharacters length of a prompt
/// @param inputPictures pictures in a request
/// @param pictures pictures that a request may ask for
/// @param timesteps steps of the sampler
/// @param requestsPerMinute of one key, or of one address where there are no keys; 0: no limit
public record Limits(
    int queue,
    Duration requestTime,
    long bodyBytes,
    long inputPixels,
    long outputPixels,
    int promptCharacters,
    int inputPictures,
    int pictures,
    int timesteps,
    int requestsPerMinute) {

  /// 32 waiting requests of 10 minutes, 64 MB, 40 and 4 megapixels, 8,000 characters, 16 and 10
  /// pictures, 256 steps, no limit a minute.
  public static final Limits DEFAULT =
      new Limits(
          32,
          Duration.ofMinutes(10),
          64_000_000,
          40_000_000,
          4_194_304,
          8_000,
          16,
          10,
          256,
          0);

  /// The same with another queue.
  public Limits withQueue(int other) {
    return new Limits(
        other,
        requestTime,
        bodyBytes,
        inputPixels,
        outputPixels,
        promptCharacters,
        inputPictures,
        pictures,
        timesteps,
        requestsPerMinute);
  }
}
