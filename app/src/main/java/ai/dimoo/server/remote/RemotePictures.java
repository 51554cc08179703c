package ai.dimoo.server.remote;

import ai.dimoo.server.exchange.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Fetches the pictures at the `http(s)` URLs that one request of a stranger names, without
/// becoming their way into this machine's networks: a name is resolved once, its addresses must all
/// be public, and the connection goes to one of those very addresses; each redirect is checked
/// again. All pictures together may take so much time and memory. Belongs to the request's thread.
public final class RemotePictures {

  private static final int MOST_REDIRECTS = 3;
  private static final int LONGEST_URL = 4_096;
  private static final Duration MOST_TIME = Duration.ofSeconds(20);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final long mostBytes;
  private final Duration mostTime;
  private final long deadline;
  private final Predicate<InetAddress> allowed;
  private final Resolver resolver;
  private long bytesLeft;

  /// Tells the addresses of a name.
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /// Pictures of the public internet.
  ///
  /// @param mostBytes of all of them; what is larger is refused
  public RemotePictures(long mostBytes) {
    this(mostBytes, MOST_TIME, PublicAddresses::contain, InetAddress::getAllByName);
  }

  /// For tests, whose servers are on this machine.
  RemotePictures(
      long mostBytes, Duration mostTime, Predicate<InetAddress> allowed, Resolver resolver) {
    this.mostBytes = mostBytes;
    this.mostTime = mostTime;
    this.allowed = allowed;
    this.resolver = resolver;
    bytesLeft = mostBytes;
    deadline = System.nanoTime() + mostTime.toNanos();
  }

  /// The bytes at a URL.
  ///
  /// @param field the field that holds the URL, for messages
  /// @throws Refusal if it may not be fetched or cannot be; the message tells nothing of what
  ///   answers there
  public byte[] get(String field, String url) {
    URI at = uri(field, url);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      RemoteAnswer answer = ask(field, at);
      if (answer.status() == 200) {
        bytesLeft -= answer.body().length;
        return answer.body();
      }
      String location = answer.location();
      if (!REDIRECTS.contains(answer.status()) || location == null) {
        throw refusal(field, "its server answers with status " + answer.status());
      }
      at = uri(field, resolve(field, at, location));
    }
    throw refusal(field, "it is redirected more than %d times".formatted(MOST_REDIRECTS));
  }

  private RemoteAnswer ask(String field, URI at) {
    InetAddress[] addresses = addresses(field, at.getHost());
    try {
      return RemoteAnswer.get(at, addresses[0], bytesLeft, deadline);
    } catch (SocketTimeoutException e) {
      throw refusal(
          field,
          "it took longer than the %d s that there are for all pictures"
              .formatted(mostTime.toSeconds()));
    } catch (RemoteAnswer.TooLargeException e) {
      throw refusal(
          field,
          "it is larger than what is left of the %d bytes for all pictures".formatted(mostBytes));
    } catch (IOException e) {
      throw refusal(field, "its server cannot be reached or does not speak HTTP");
    }
  }

  private InetAddress[] addresses(String field, String host) {
    InetAddress[] addresses;
    try {
      addresses = resolver.addresses(host);
    } catch (UnknownHostException e) {
      throw refusal(field, "its host has no address");
    }
    for (InetAddress address : addresses) {
      if (!allowed.test(address)) {
        throw Refusal.badRequest(
            field,
            "%s leads to an address that is not of the public internet, and those are not asked."
                .formatted(field));
      }
    }
    return addresses;
  }

  private static String resolve(String field, URI at, String location) {
    try {
      return at.resolve(new URI(location)).toString();
    } catch (URISyntaxException e) {
      throw refusal(field, "it is redirected to what is no URL");
    }
  }

  private static URI uri(String field, String url) {
    try {
      if (url.length() <= LONGEST_URL) {
        URI uri = new URI(url).parseServerAuthority();
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (Set.of("http", "https").contains(scheme)
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getPort() <= 0xffff) {
          return uri;
        }
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw refusal(field, "it is or leads to no http(s) URL with a host and without a password");
  }

  private static Refusal refusal(String field, String reason) {
    return Refusal.badRequest(
        field, "The picture that %s names cannot be fetched: %s.".formatted(field, reason));
  }
}
