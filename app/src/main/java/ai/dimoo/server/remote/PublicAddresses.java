package ai.dimoo.server.remote;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses belong to hosts of the public internet: not to this machine, its networks, or
/// anything reserved (IANA's registries of special-purpose addresses, RFC 6890 and later).
public final class PublicAddresses {

  /// What is not public among IPv4 addresses.
  private static final List<Block> RESERVED_4 =
      List.of(
          Block.of("0.0.0.0", 8), // this network
          Block.of("10.0.0.0", 8), // private
          Block.of("100.64.0.0", 10), // shared by carriers
          Block.of("127.0.0.0", 8), // loopback
          Block.of("169.254.0.0", 16), // link-local, and the clouds' metadata
          Block.of("172.16.0.0", 12), // private
          Block.of("192.0.0.0", 24), // protocols
          Block.of("192.0.2.0", 24), // documentation
          Block.of("192.88.99.0", 24), // 6to4 relays
          Block.of("192.168.0.0", 16), // private
          Block.of("198.18.0.0", 15), // benchmarks
          Block.of("198.51.100.0", 24), // documentation
          Block.of("203.0.113.0", 24), // documentation
          Block.of("224.0.0.0", 3)); // multicast, reserved, broadcast

  /// Where IPv6 has given out public addresses at all: this leaves out loopback, mapped and
  /// translated IPv4, unique-local, link-local and multicast ones.
  private static final Block GLOBAL_6 = Block.of("2000::", 3);

  /// What is not public within.
  private static final List<Block> RESERVED_6 =
      List.of(
          Block.of("2001::", 23), // protocols, Teredo among them
          Block.of("2001:db8::", 32), // documentation
          Block.of("2002::", 16), // 6to4: carries an IPv4 address
          Block.of("3fff::", 20)); // documentation

  private PublicAddresses() {}

  /// Whether an address is public.
  public static boolean contain(InetAddress address) {
    if (address instanceof Inet4Address) {
      return RESERVED_4.stream().noneMatch(block -> block.contains(address));
    }
    return GLOBAL_6.contains(address)
        && RESERVED_6.stream().noneMatch(block -> block.contains(address));
  }

  /// The addresses that begin with the same bits.
  private record Block(InetAddress first, int bits) {

    public static Block of(String first, int bits) {
      return new Block(InetAddress.ofLiteral(first), bits);
    }

    public boolean contains(InetAddress address) {
      byte[] a = first.getAddress();
      byte[] b = address.getAddress();
      if (a.length != b.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> i % 8;
        if (((a[i / 8] ^ b[i / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
