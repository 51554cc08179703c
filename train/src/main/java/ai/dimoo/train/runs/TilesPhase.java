package ai.dimoo.train.runs;

import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.vq.TileCensus;
import ai.dimoo.train.vq.TileCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds what each code stands for, once; everything after it is trained on these codes.
///
/// @param census pictures whose tiles are told apart: its steps 0 to `batches` − 1
/// @param codes how many codes there are
/// @param side pixels along a tile's side
/// @param foregroundWeight what a tile with foreground in it counts, against 1 of one without
/// @param seed of the k-means
public record TilesPhase(
    PictureSource census, int batches, int codes, int side, double foregroundWeight, long seed)
    implements Phase {

  /// The name of the phase.
  public static final String NAME = "tiles";

  private static final String CENTRES = "centres.safetensors";

  @Override
  public String name() {
    return NAME;
  }

  /// The codes, which are the caller's to close.
  ///
  /// @throws ai.dimoo.error.UserException if the phase is not done
  static TileCodes open(RunFolder run) {
    return TileCodes.read(file(run));
  }

  private static Path file(RunFolder run) {
    return run.file(NAME, CENTRES);
  }

  /// A number for the meaning of the codes.
  static String fingerprint(RunFolder run) {
    return RunFolder.fingerprint(file(run));
  }

  @Override
  public boolean done(RunFolder run) {
    return Files.exists(file(run));
  }

  @Override
  public void takeOver(RunFolder run, KeptTraining kept, Conduct conduct) {
    try (TileCodes tiles = kept.tiles()) {
      tiles.write(file(run));
    }
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    List<TrainingPicture> first = census.pictures(0);
    run.begunWith(
        NAME,
        "%d codes of %d pixels, foreground %s, seed %d, %d batches, the first %s"
            .formatted(codes, side, foregroundWeight, seed, batches, PictureFingerprint.of(first)),
        conduct);
    TileCensus tiles = new TileCensus(side, foregroundWeight);
    for (int step = 0; step < batches; step++) {
      tiles.add(census.pictures(step));
      if (conduct.listener().stopped()) {
        return false;
      }
    }
    try (TileCodes found =
        TileCodes.learn(
            tiles,
            codes,
            seed,
            (done, all, psnr) -> {
              Map<String, Double> scalars = new LinkedHashMap<>();
              scalars.put("psnr", psnr);
              scalars.put("tiles", (double) tiles.size());
              conduct.listener().onStep(NAME, done, all, scalars);
            })) {
      found.write(file(run));
    }
    return true;
  }
}
