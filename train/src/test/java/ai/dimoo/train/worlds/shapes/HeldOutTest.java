package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private static final List<Item> COLOURED_SHAPES = EvaluationPrompts.COLOURED_SHAPES;

  @Test
  void holdsOutSomeColoursOfTwelveRelationsAndTheirInverses() {
    int facts = 0;
    int held = 0;
    for (Shape shapeA : Shape.values()) {
      for (Shape shapeB : Shape.values()) {
        for (Relation relation : Relation.values()) {
          int colours = 0;
          for (Item a : of(shapeA)) {
            for (Item b : of(shapeB)) {
              colours += HeldOut.relation(a, relation, b) ? 1 : 0;
              assertThat(HeldOut.relation(a, relation, b))
                  .isEqualTo(HeldOut.relation(b, relation.inverse(), a));
            }
          }
          facts += colours > 0 ? 1 : 0;
          held += colours;
        }
      }
    }
    assertThat(facts).isEqualTo(24);
    // Two fifths of 24 times the 64 pairs of colours, give or take.
    assertThat(held).isBetween(560, 670);
  }

  private static List<Item> of(Shape shape) {
    return COLOURED_SHAPES.stream().filter(item -> item.shape() == shape).toList();
  }

  @Test
  void theOrderOfTwoObjectsDoesNotMatter() {
    int held = 0;
    for (Item a : COLOURED_SHAPES) {
      for (Item b : COLOURED_SHAPES) {
        held += HeldOut.together(a, b) ? 1 : 0;
        assertThat(HeldOut.together(a, b)).isEqualTo(HeldOut.together(b, a));
      }
    }
    // A fifth of the 30 ordered pairs of shapes times the 56 of colours, give or take.
    assertThat(held).isBetween(260, 410);
  }
}
