package ai.dimoo.server.exchange;

import ai.dimoo.error.UserException;
import java.time.Duration;
import java.util.function.Consumer;

/// What one request, and all together, may take. Immutable; the `with` methods give a changed copy.
///
/// @param queue requests that may wait for the engine
/// @param queuePerClient of them, those of one client, a key or an address; 0: half
/// @param requestTime time of a request, the wait included
/// @param retryTime for a client that closed its connection to send its request again and find the
///   job, or its result; the work ends with it
/// @param requestsPerMinute of one key, or of one address where there are no keys; 0: no limit
/// @param connections open at once; more wait until one closes
/// @param uriBytes length of a request's path and query
/// @param headerBytes size of a request's headers together
/// @param bodyBytes size of a request's body
/// @param promptCharacters length of a prompt
/// @param inputPictures pictures in a request
/// @param inputPixels pixels of an input picture, known before it is decoded
/// @param pictures pictures that a request may ask for
/// @param outputPixels pixels of a picture that is made
/// @param timesteps steps of the sampler
public record Limits(
    int queue,
    int queuePerClient,
    Duration requestTime,
    Duration retryTime,
    int requestsPerMinute,
    int connections,
    int uriBytes,
    int headerBytes,
    long bodyBytes,
    int promptCharacters,
    int inputPictures,
    long inputPixels,
    int pictures,
    long outputPixels,
    int timesteps) {

  /// Those of a server that is told nothing else. The time to come back is longer than the 8
  /// seconds that OpenAI's clients wait at most between two attempts.
  public static final Limits DEFAULT =
      new Limits(
          32,
          0,
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          0,
          500,
          4_096,
          16_384,
          64_000_000,
          8_000,
          16,
          40_000_000,
          10,
          4_194_304,
          256);

  /// @throws UserException if one of them lets nothing pass
  public Limits {
    atLeast(1, queue, "queue");
    atLeast(0, queuePerClient, "queue per client");
    atLeast(1, requestTime.toMillis(), "time of a request");
    atLeast(0, requestsPerMinute, "requests a minute");
    atLeast(1, connections, "connections");
    atLeast(64, uriBytes, "bytes of a URI");
    atLeast(512, headerBytes, "bytes of headers");
    atLeast(1, bodyBytes, "bytes of a body");
    atLeast(1, promptCharacters, "characters of a prompt");
    atLeast(0, inputPictures, "input pictures");
    atLeast(1, inputPixels, "pixels of an input picture");
    atLeast(1, pictures, "pictures of a request");
    atLeast(1, outputPixels, "pixels of a picture");
    atLeast(1, timesteps, "timesteps");
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new UserException(
          "The limit of %s is %d; it must be %d or more.".formatted(name, value, least));
    }
  }

  /// Requests that may wait for the engine.
  public Limits withQueue(int value) {
    return changed(copy -> copy.queue = value);
  }

  /// Requests of one client, a key or an address, that may wait for the engine; 0: half of all.
  public Limits withQueuePerClient(int value) {
    return changed(copy -> copy.queuePerClient = value);
  }

  /// Requests of one client that may wait for the engine.
  public int share() {
    return queuePerClient == 0 ? Math.ceilDiv(queue, 2) : queuePerClient;
  }

  /// Time of a request, the wait included.
  public Limits withRequestTime(Duration value) {
    return changed(copy -> copy.requestTime = value);
  }

  /// Time for a client that closed its connection to come back.
  public Limits withRetryTime(Duration value) {
    return changed(copy -> copy.retryTime = value);
  }

  /// Requests a minute of one client; 0: no limit.
  public Limits withRequestsPerMinute(int value) {
    return changed(copy -> copy.requestsPerMinute = value);
  }

  /// Connections open at once.
  public Limits withConnections(int value) {
    return changed(copy -> copy.connections = value);
  }

  /// Length of a request's path and query.
  public Limits withUriBytes(int value) {
    return changed(copy -> copy.uriBytes = value);
  }

  /// Size of a request's headers together.
  public Limits withHeaderBytes(int value) {
    return changed(copy -> copy.headerBytes = value);
  }

  /// Size of a request's body.
  public Limits withBodyBytes(long value) {
    return changed(copy -> copy.bodyBytes = value);
  }

  /// Length of a prompt.
  public Limits withPromptCharacters(int value) {
    return changed(copy -> copy.promptCharacters = value);
  }

  /// Pictures in a request.
  public Limits withInputPictures(int value) {
    return changed(copy -> copy.inputPictures = value);
  }

  /// Pixels of an input picture.
  public Limits withInputPixels(long value) {
    return changed(copy -> copy.inputPixels = value);
  }

  /// Pictures that a request may ask for.
  public Limits withPictures(int value) {
    return changed(copy -> copy.pictures = value);
  }

  /// Pixels of a picture that is made.
  public Limits withOutputPixels(long value) {
    return changed(copy -> copy.outputPixels = value);
  }

  /// Steps of the sampler.
  public Limits withTimesteps(int value) {
    return changed(copy -> copy.timesteps = value);
  }

  /// Refuses pictures beyond the limit, before any is fetched or decoded.
  ///
  /// @param field the field that holds them, for the message
  /// @param count the pictures so far
  /// @throws Refusal if they are too many
  public void requireInputPictures(String field, int count) {
    if (count > inputPictures) {
      throw Refusal.badRequest(
          field,
          "There are more than %d pictures in the request: send fewer.".formatted(inputPictures));
    }
  }

  private Limits changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.limits();
  }

  private static final class Copy {
    private int queue;
    private int queuePerClient;
    private Duration requestTime;
    private Duration retryTime;
    private int requestsPerMinute;
    private int connections;
    private int uriBytes;
    private int headerBytes;
    private long bodyBytes;
    private int promptCharacters;
    private int inputPictures;
    private long inputPixels;
    private int pictures;
    private long outputPixels;
    private int timesteps;

    Copy(Limits of) {
      queue = of.queue;
      queuePerClient = of.queuePerClient;
      requestTime = of.requestTime;
      retryTime = of.retryTime;
      requestsPerMinute = of.requestsPerMinute;
      connections = of.connections;
      uriBytes = of.uriBytes;
      headerBytes = of.headerBytes;
      bodyBytes = of.bodyBytes;
      promptCharacters = of.promptCharacters;
      inputPictures = of.inputPictures;
      inputPixels = of.inputPixels;
      pictures = of.pictures;
      outputPixels = of.outputPixels;
      timesteps = of.timesteps;
    }

    Limits limits() {
      return new Limits(
          queue,
          queuePerClient,
          requestTime,
          retryTime,
          requestsPerMinute,
          connections,
          uriBytes,
          headerBytes,
          bodyBytes,
          promptCharacters,
          inputPictures,
          inputPixels,
          pictures,
          outputPixels,
          timesteps);
    }
  }
}
