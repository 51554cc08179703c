package ai.dimoo.train.tokenizer;

import java.nio.charset.StandardCharsets;

/// The letters of a byte-level tokenizer: one printable character for every byte, the choice that
/// GPT-2 made and that Hugging Face's `ByteLevel` expects. Printable Latin-1 bytes stand for
/// themselves, the other 68 for U+0100 and up, in their order.
final class ByteAlphabet {

  private static final char[] LETTERS = letters();

  private ByteAlphabet() {}

  private static char[] letters() {
    char[] letters = new char[256];
    char next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      letters[b] = printable ? (char) b : next++;
    }
    return letters;
  }

  static char letter(int unsignedByte) {
    return LETTERS[unsignedByte];
  }

  /// A text as bytes 0..255 of its UTF-8 form.
  static int[] bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] bytes = new int[utf8.length];
    for (int i = 0; i < utf8.length; i++) {
      bytes[i] = utf8[i] & 0xFF;
    }
    return bytes;
  }
}
