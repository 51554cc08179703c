package ai.dimoo.train.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.TrainingPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileCodesTest {

  private static final int SIDE = 4;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void whereThereAreCodesForAllTilesPicturesComeBackAsTheyWere() {
    List<Picture> pictures = pictures(3);
    try (TileCodes codes = learn(pictures, 3 * 6)) {
      List<CodeGrid> grids = codes.encode(layered(pictures));
      for (int i = 0; i < pictures.size(); i++) {
        assertThat(codes.decode(grids.get(i))).isEqualTo(pictures.get(i));
      }
      assertThat(grids.getFirst().rows()).isEqualTo(2);
      assertThat(grids.getFirst().columns()).isEqualTo(3);
    }
  }

  @Test
  void aFileGivesTheSameCodesWhateverWasEncodedBefore() {
    List<Picture> pictures = pictures(40);
    Path file = folder.resolve("tiles.safetensors");
    List<CodeGrid> expected;
    try (TileCodes codes = learn(pictures, 16)) {
      codes.write(file);
      expected = codes.encode(layered(pictures));
      assertThat(codes.encode(layered(pictures))).isEqualTo(expected);
    }
    try (TileCodes codes = TileCodes.read(file)) {
      assertThat(codes.codes()).isEqualTo(16);
      assertThat(codes.side()).isEqualTo(SIDE);
      List<CodeGrid> oneByOne =
          layered(pictures).reversed().stream()
              .flatMap(p -> codes.encode(List.of(p)).stream())
              .toList();
      assertThat(oneByOne.reversed()).isEqualTo(expected);
    }
  }

  @Test
  void everyTileHasItsNearestCentre() {
    List<Picture> pictures = pictures(20);
    try (TileCodes codes = learn(pictures, 10)) {
      List<Picture> centres =
          IntStream.range(0, 10)
              .mapToObj(code -> codes.decode(new CodeGrid(1, 1, new int[] {code})))
              .toList();
      for (Picture picture : pictures(5)) {
        CodeGrid grid = codes.encode(layered(List.of(picture))).getFirst();
        Tiles tiles = Tiles.of(Layered.of(picture), SIDE);
        for (int i = 0; i < grid.size(); i++) {
          double own = distance(tiles.bytes(i), tile(centres.get(grid.codes()[i])));
          for (Picture centre : centres) {
            // centres are rounded to whole levels here
            assertThat(own).isLessThan(distance(tiles.bytes(i), tile(centre)) + 1);
          }
        }
      }
    }
  }

  @Test
  void aThingHasTheSameCodesBeforeEveryBackground() {
    List<Picture> backgrounds = pictures(2);
    byte[] coverage = new byte[3 * SIDE * 2 * SIDE];
    coverage[0] = (byte) 200; // a pixel of the first tile
    coverage[coverage.length - 1] = 1; // and of the last
    Picture things = pictures(3).getLast();
    List<Layered> pictures =
        backgrounds.stream().map(seen -> new Layered(seen, things, coverage)).toList();
    TileCensus census = new TileCensus(SIDE, 1);
    census.add(
        pictures.stream()
            .map(layers -> new TrainingPicture(layers, new boolean[coverage.length]))
            .toList());
    assertThat(census.size()).isEqualTo(2 + 2 * 4);
    try (TileCodes codes = TileCodes.learn(census, census.size(), 0, (done, all, psnr) -> {})) {
      int[] first = codes.encode(pictures).getFirst().codes();
      int[] second = codes.encode(pictures).getLast().codes();
      assertThat(second[0]).isEqualTo(first[0]);
      assertThat(second[5]).isEqualTo(first[5]);
      assertThat(List.of(second[1], second[2], second[3], second[4]))
          .doesNotContain(first[1], first[2], first[3], first[4]);
    }
  }

  @Test
  void theForegroundGetsMoreOfTheCodes() {
    Picture picture = pictures(1).getFirst();
    boolean[] left = new boolean[picture.width() * picture.height()];
    for (int i = 0; i < left.length; i++) {
      left[i] = i % picture.width() < SIDE;
    }
    TileCensus census = new TileCensus(SIDE, 9);
    census.add(List.of(new TrainingPicture(picture, left), TrainingPicture.of(picture)));
    assertThat(census.size()).isEqualTo(6);
    try (PointerScope scope = new PointerScope()) {
      // two occurrences of each: (9 + 1) / √2 and (1 + 1) / √2
      assertThat(TensorArrays.floats(census.weights()))
          .containsExactly(7.0710678f, 1.4142135f, 1.4142135f, 7.0710678f, 1.4142135f, 1.4142135f);
    }
  }

  @Test
  void aFrequentTileHasACodeOfItsOwn() {
    Picture flat = Picture.filled(new Size(3 * SIDE, 2 * SIDE), 0x7F7F7F);
    Picture nearlyFlat = Picture.filled(new Size(3 * SIDE, 2 * SIDE), 0x7F7F80);
    List<Picture> pictures = new ArrayList<>(pictures(40));
    pictures.addAll(Collections.nCopies(3, flat));
    pictures.addAll(Collections.nCopies(3, nearlyFlat));
    try (TileCodes codes = learn(pictures, 8)) {
      for (Picture picture : List.of(flat, nearlyFlat)) {
        CodeGrid grid = codes.encode(List.of(Layered.of(picture))).getFirst();
        assertThat(codes.decode(grid)).isEqualTo(picture);
      }
    }
  }

  @Test
  void moreCodesThanTilesAreRefusedInOneLine() {
    assertThatThrownBy(() -> learn(pictures(1), 7))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("6 different tiles, fewer than the 7 codes");
  }

  private static byte[] tile(Picture picture) {
    return Tiles.of(Layered.of(picture), SIDE).bytes(0);
  }

  private static List<Layered> layered(List<Picture> pictures) {
    return pictures.stream().map(Layered::of).toList();
  }

  private static double distance(byte[] a, byte[] b) {
    double squared = 0;
    for (int i = 0; i < a.length; i++) {
      squared += Math.pow((a[i] & 0xff) - (b[i] & 0xff), 2);
    }
    return Math.sqrt(squared);
  }

  private static TileCodes learn(List<Picture> pictures, int codes) {
    TileCensus census = new TileCensus(SIDE, 1);
    census.add(pictures.stream().map(TrainingPicture::of).toList());
    return TileCodes.learn(census, codes, 0, (done, all, psnr) -> {});
  }

  /// Noise of 3 by 2 tiles.
  private static List<Picture> pictures(int count) {
    Random random = new Random(3);
    return Stream.generate(
            () -> {
              byte[] rgb = new byte[3 * 3 * SIDE * 2 * SIDE];
              random.nextBytes(rgb);
              return Picture.of(3 * SIDE, 2 * SIDE, rgb);
            })
        .limit(count)
        .toList();
  }
}
