package ai.dimoo.train.pocket;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tasks.AnsweredQuestion;
import ai.dimoo.train.tasks.CaptionedPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// A world for tests that train: one or two coloured squares on white or black, each on its own
/// half of a lattice of 8×8 pixels, with captions and questions. It needs no files, and everything
/// in it is a function of its seeds.
final class TinyWorld {

  /// The side of its pictures in pixels.
  static final int SIDE = 32;

  private static final int CELL = 8;

  /// Pixels between a square and the edge of its cells.
  private static final int INSET = 2;

  private TinyWorld() {}

  private enum Colour {
    RED(0xd02020),
    GREEN(0x20a040),
    BLUE(0x2040c0),
    YELLOW(0xe0c020);

    final int rgb;

    Colour(int rgb) {
      this.rgb = rgb;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param column of the lattice
  /// @param row of the lattice
  /// @param cells along its side
  private record Square(Colour colour, int column, int row, int cells) {

    boolean covers(int x, int y) {
      return within(x - column * CELL) && within(y - row * CELL);
    }

    private boolean within(int offset) {
      return offset >= INSET && offset < cells * CELL - INSET;
    }
  }

  private record Scene(boolean dark, List<Square> squares) {

    static Scene draw(RandomGenerator random) {
      List<Square> squares = new ArrayList<>();
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        int cells = 1 + random.nextInt(2);
        Colour colour = Colour.values()[random.nextInt(Colour.values().length)];
        squares.add(new Square(colour, 2 * i, random.nextInt(5 - cells), cells));
      }
      return new Scene(random.nextBoolean(), squares);
    }

    TrainingPicture picture() {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      boolean[] foreground = new boolean[SIDE * SIDE];
      for (int i = 0; i < foreground.length; i++) {
        int colour = dark ? 0x101010 : 0xf0f0f0;
        for (Square square : squares) {
          if (square.covers(i % SIDE, i / SIDE)) {
            colour = square.colour().rgb;
            foreground[i] = true;
          }
        }
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
      return new TrainingPicture(Picture.of(SIDE, SIDE, rgb), foreground);
    }

    String caption() {
      String first = "a %s square".formatted(squares.getFirst().colour().word());
      String all =
          squares.size() == 1
              ? first
              : first + " to the left of a %s square".formatted(squares.getLast().colour().word());
      return all + (dark ? " on black" : " on white");
    }
  }

  /// A scene and its caption.
  static CaptionedPicture captioned(long step, RandomGenerator random) {
    Scene scene = Scene.draw(random);
    return new CaptionedPicture(scene.caption(), scene.picture());
  }

  /// A scene and a question about it.
  static AnsweredQuestion asked(long step, RandomGenerator random) {
    Scene scene = Scene.draw(random);
    boolean count = random.nextBoolean();
    return new AnsweredQuestion(
        List.of(Layered.of(scene.picture().picture())),
        count ? "How many squares are there?" : "Which colour is the square on the left?",
        count
            ? scene.squares().size() == 1 ? "one" : "two"
            : scene.squares().getFirst().colour().word());
  }

  /// Pictures without words.
  ///
  /// @param batch pictures a step
  static PictureSource pictures(int batch, long seed) {
    return step ->
        LongStream.range(step * batch, (step + 1) * batch)
            .mapToObj(i -> Scene.draw(IndexedRandom.at(seed, i)).picture())
            .toList();
  }

  /// What a tokenizer is trained on.
  static List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(captioned(0, IndexedRandom.at(7, i)).caption());
      AnsweredQuestion question = asked(0, IndexedRandom.at(8, i));
      texts.add(question.question());
      texts.add(question.answer());
    }
    return texts;
  }
}
