package ai.dimoo.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many requests each client may send a minute: a minute's worth at once, then as they come
/// back evenly. Thread-safe.
final class RateLimit {

  private static final double NANOS_PER_MINUTE = 60e9;

  /// Clients that are remembered. One that is forgotten begins again.
  private static final int CLIENTS = 10_000;

  private final int perMinute;
  private final LongSupplier clock;
  private final Map<String, Allowance> clients =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > CLIENTS;
        }
      };

  private static final class Allowance {
    private double requests;
    private long at;
  }

  /// @param perMinute 0: no limit
  RateLimit(int perMinute) {
    this(perMinute, System::nanoTime);
  }

  /// @param clock nanoseconds since any moment
  RateLimit(int perMinute, LongSupplier clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /// A request has come.
  ///
  /// @return when the client may send another, if this one is too much; zero: it may pass
  synchronized Duration take(String client) {
    if (perMinute == 0) {
      return Duration.ZERO;
    }
    long now = clock.getAsLong();
    Allowance allowance = clients.get(client);
    if (allowance == null) {
      allowance = new Allowance();
      allowance.requests = perMinute;
      clients.put(client, allowance);
    } else {
      double returned = (now - allowance.at) / NANOS_PER_MINUTE * perMinute;
      allowance.requests = Math.min(perMinute, allowance.requests + returned);
    }
    allowance.at = now;
    if (allowance.requests >= 1) {
      allowance.requests--;
      return Duration.ZERO;
    }
    return Duration.ofNanos(
        (long) Math.ceil((1 - allowance.requests) / perMinute * NANOS_PER_MINUTE));
  }
}
