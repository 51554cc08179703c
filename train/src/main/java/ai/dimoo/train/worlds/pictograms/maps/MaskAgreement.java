package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;

/// How well two maps of masks agree.
public final class MaskAgreement {

  /// A mask of fewer pixels is a speck.
  private static final int LEAST_PIXELS = 24;

  private MaskAgreement() {}

  /// Intersection over union, averaged over the masks that either map has, the background not among
  /// them: 0 to 1. Two maps without any mask agree.
  public static double meanIou(Picture truth, Picture map) {
    int[] expected = Masks.read(truth);
    int[] found = Masks.read(map);
    int masks = Masks.COLOURS.length;
    int[] both = new int[masks];
    int[] inTruth = new int[masks];
    int[] inMap = new int[masks];
    for (int i = 0; i < expected.length; i++) {
      inTruth[expected[i]]++;
      inMap[found[i]]++;
      both[expected[i]] += expected[i] == found[i] ? 1 : 0;
    }
    double sum = 0;
    int count = 0;
    for (int mask = 1; mask < masks; mask++) {
      if (Math.max(inTruth[mask], inMap[mask]) >= LEAST_PIXELS) {
        sum += both[mask] / (double) (inTruth[mask] + inMap[mask] - both[mask]);
        count++;
      }
    }
    return count == 0 ? 1 : sum / count;
  }
}
