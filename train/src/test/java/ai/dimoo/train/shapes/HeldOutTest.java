package ai.dimoo.train.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  @Test
  void holdsOutOneColourOfEachShapeAndNoColourTwice() {
    for (Shape shape : Shape.values()) {
      assertThat(Arrays.stream(Colour.values()).filter(c -> HeldOut.pair(c, shape))).hasSize(1);
    }
    for (Colour colour : Colour.values()) {
      assertThat(Arrays.stream(Shape.values()).filter(s -> HeldOut.pair(colour, s)))
          .hasSizeLessThan(2);
    }
  }

  @Test
  void holdsOutTwelveRelationsAndTheirInverses() {
    int held = 0;
    for (Shape a : Shape.values()) {
      for (Shape b : Shape.values()) {
        for (Relation relation : Relation.values()) {
          held += HeldOut.relation(a, relation, b) ? 1 : 0;
          assertThat(HeldOut.relation(a, relation, b))
              .isEqualTo(HeldOut.relation(b, relation.inverse(), a));
        }
      }
    }
    assertThat(held).isEqualTo(24);
  }

  @Test
  void theOrderOfTwoObjectsDoesNotMatter() {
    int held = 0;
    for (Shape a : Shape.values()) {
      for (Shape b : Shape.values()) {
        for (Colour c : Colour.values()) {
          for (Colour d : Colour.values()) {
            held += HeldOut.together(c, a, d, b) ? 1 : 0;
            assertThat(HeldOut.together(c, a, d, b)).isEqualTo(HeldOut.together(d, b, c, a));
          }
        }
      }
    }
    // A fifth of the 30 ordered pairs of shapes times the 56 of colours, give or take.
    assertThat(held).isBetween(260, 410);
  }
}
