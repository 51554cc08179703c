package ai.dimoo.sequence;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Token ids in a row. Immutable; arrays are copied in and out.
public final class TokenIds {

  /// No tokens.
  public static final TokenIds NONE = new TokenIds(new int[0]);

  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  /// These tokens.
  public static TokenIds of(int... ids) {
    return new TokenIds(ids.clone());
  }

  /// The same token many times.
  public static TokenIds repeated(int id, int times) {
    int[] ids = new int[times];
    Arrays.fill(ids, id);
    return new TokenIds(ids);
  }

  /// Number of tokens.
  public int length() {
    return ids.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /// The token at a position, from 0.
  public int at(int position) {
    return ids[position];
  }

  /// The tokens from … to − 1.
  public TokenIds slice(int from, int to) {
    if (to > ids.length) {
      throw new IndexOutOfBoundsException(to + " of " + ids.length + " tokens");
    }
    return new TokenIds(Arrays.copyOfRange(ids, from, to));
  }

  /// These tokens and then others.
  public TokenIds then(TokenIds others) {
    return then(others.ids);
  }

  /// These tokens and then others.
  public TokenIds then(int... others) {
    int[] joined = Arrays.copyOf(ids, ids.length + others.length);
    System.arraycopy(others, 0, joined, ids.length, others.length);
    return new TokenIds(joined);
  }

  /// Where a token stands, ascending.
  ///
  /// @param from first position that is looked at
  /// @param to one past the last
  public int[] positionsOf(int id, int from, int to) {
    return IntStream.range(from, to).filter(i -> ids[i] == id).toArray();
  }

  /// A copy as an array.
  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds tokens && Arrays.equals(ids, tokens.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
