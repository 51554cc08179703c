package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int TEXT = 2;

  /// Some cameras write the tag as a long, against the standard; viewers turn those pictures too.
  @ParameterizedTest
  @CsvSource({SHORT + ", 6", LONG + ", 6", TEXT + ", 1"})
  void isReadInEitherType(int type, int expected) {
    ByteBuffer block = ByteBuffer.allocate(26);
    block.putShort((short) 0x4d4d).putShort((short) 42).putInt(8).putShort((short) 1);
    block.putShort((short) 0x0112).putShort((short) type).putInt(1);
    if (type == LONG) {
      block.putInt(6);
    } else {
      block.putShort((short) 6);
    }

    assertThat(Orientation.ofExif(block.array(), 0, block.capacity()))
        .isEqualTo(Orientation.of(expected));
  }
}
