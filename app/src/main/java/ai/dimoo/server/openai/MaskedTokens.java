package ai.dimoo.server.openai;

import ai.dimoo.sequence.CodeGrid;
import java.util.Base64;

/// Which tokens of a forming picture are masked still. Immutable.
///
/// @param columns tokens in a row
/// @param rows rows of tokens
/// @param bits one a token, row by row, the highest of each byte first; 1: masked. In base64
record MaskedTokens(int columns, int rows, String bits) {

  static MaskedTokens of(CodeGrid codes) {
    int[] all = codes.codes();
    byte[] bits = new byte[Math.ceilDiv(all.length, Byte.SIZE)];
    for (int i = 0; i < all.length; i++) {
      if (all[i] == CodeGrid.MASKED) {
        bits[i / Byte.SIZE] |= (byte) (0x80 >> i % Byte.SIZE);
      }
    }
    return new MaskedTokens(
        codes.columns(), codes.rows(), Base64.getEncoder().encodeToString(bits));
  }
}
