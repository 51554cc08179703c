package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/// What requests to the server may take.
final class LimitOptions {

  private static final long MEGA = 1_000_000;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Requests that may wait for the engine; more get status 429 (default: 32).")
  private int queue = Limits.DEFAULT.queue();

  @Option(
      names = "--queue-per-client",
      paramLabel = "N",
      description =
          "Of them, requests of one key, or one address where there are no keys; more get status"
              + " 429 (default: half of --queue).")
  private int queuePerClient = Limits.DEFAULT.queuePerClient();

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description =
          "Time that a request may take, the wait included; then it ends with status 504"
              + " (default: 600).")
  private double timeLimit = Limits.DEFAULT.requestTime().toSeconds();

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description =
          "Requests per minute that one key, or one address where there are no keys, may send; more"
              + " get status 429 (default: 0, which is no limit).")
  private int requestsPerMinute = Limits.DEFAULT.requestsPerMinute();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections open at once; more wait (default: 500).")
  private int connections = Limits.DEFAULT.connections();

  @Option(
      names = "--max-uri",
      paramLabel = "BYTES",
      description = "Length of a request's path and query (default: 4096).")
  private int uri = Limits.DEFAULT.uriBytes();

  @Option(
      names = "--max-headers",
      paramLabel = "BYTES",
      description = "Size of a request's headers (default: 16384).")
  private int headers = Limits.DEFAULT.headerBytes();

  @Option(
      names = "--max-body",
      paramLabel = "MB",
      description = "Size of a request's body, pictures included (default: 64).")
  private double body = (double) Limits.DEFAULT.bodyBytes() / MEGA;

  @Option(
      names = "--max-prompt",
      paramLabel = "CHARACTERS",
      description = "Length of a prompt (default: 8000).")
  private int prompt = Limits.DEFAULT.promptCharacters();

  @Option(
      names = "--max-input-pictures",
      paramLabel = "N",
      description = "Pictures that a request may bring (default: 16).")
  private int inputPictures = Limits.DEFAULT.inputPictures();

  @Option(
      names = "--max-input-pixels",
      paramLabel = "MEGAPIXELS",
      description =
          "Size of each of them; larger ones are refused without being decoded (default: 40).")
  private double inputPixels = (double) Limits.DEFAULT.inputPixels() / MEGA;

  @Option(
      names = "--max-pictures",
      paramLabel = "N",
      description = "Pictures that a request may ask for (default: 10).")
  private int pictures = Limits.DEFAULT.pictures();

  @Option(
      names = "--max-pixels",
      paramLabel = "MEGAPIXELS",
      description = "Size of a picture to be made (default: 4.2, which is 2048x2048).")
  private double pixels = (double) Limits.DEFAULT.outputPixels() / MEGA;

  @Option(
      names = "--max-timesteps",
      paramLabel = "N",
      description = "Steps of the sampler that a request may ask for (default: 256).")
  private int timesteps = Limits.DEFAULT.timesteps();

  /// @throws UserException if one lets nothing pass
  Limits limits() {
    return Limits.DEFAULT
        .withQueue(queue)
        .withQueuePerClient(queuePerClient)
        .withRequestTime(seconds("--time-limit", timeLimit))
        .withRequestsPerMinute(requestsPerMinute)
        .withConnections(connections)
        .withUriBytes(uri)
        .withHeaderBytes(headers)
        .withBodyBytes(Math.round(body * MEGA))
        .withPromptCharacters(prompt)
        .withInputPictures(inputPictures)
        .withInputPixels(Math.round(inputPixels * MEGA))
        .withPictures(pictures)
        .withOutputPixels(Math.round(pixels * MEGA))
        .withTimesteps(timesteps);
  }

  /// @throws UserException if it is not a time
  static Duration seconds(String option, double seconds) {
    if (!(seconds >= 0 && seconds <= 1e6)) {
      throw new UserException(
          "%s is %s; give seconds, from 0 to 1000000.".formatted(option, seconds));
    }
    return Duration.ofMillis(Math.round(1000 * seconds));
  }
}
