package ai.dimoo.parity;

import ai.dimoo.image.Box;
import ai.dimoo.image.Crop;
import ai.dimoo.image.CropSizes;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.PaintMask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.sequence.TokenMask;
import ai.dimoo.vq.VqConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The folder `images`: crop sizes, resized pictures, inpainting and outpainting masks.
final class PictureCases implements ParityCases {

  /// Levels of 0..255.
  private static final double LEVELS = 1;

  private static final Pattern CROP_SIZES = Pattern.compile("crop_sizes_(\\d+)");
  private static final Pattern CROP = Pattern.compile("(\\d+)x(\\d+)->(\\d+)");
  private static final Pattern RESIZED = Pattern.compile("resized_((\\d+)x(\\d+))_to(\\d+)\\.png");
  private static final Pattern MASK =
      Pattern.compile("(\\d+)x(\\d+) (inpainting|outpainting) h=([\\d.]+) w=([\\d.]+)");

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    each(folder.json("images/crops.json"), report, PictureCases::checkCrops);
    for (String file : folder.list("images")) {
      Matcher resized = RESIZED.matcher(file);
      if (resized.matches()) {
        report.run("images." + file, () -> checkResized(folder, file, resized, report));
      }
    }
    int factor = VqConfig.of(folder.checkpoint().vqConfig()).pixelsPerCode();
    each(
        folder.json("images/paint_masks.json"),
        report,
        (name, recorded, to) -> checkMask(name, recorded, factor, to));
  }

  private interface Check {
    void check(String name, JsonNode recorded, ParityReport report);
  }

  private static void each(JsonNode cases, ParityReport report, Check check) {
    cases
        .properties()
        .forEach(entry ->
            report.run(
                "images." + entry.getKey(),
                () -> check.check(entry.getKey(), entry.getValue(), report)));
  }

  private static void checkCrops(String name, JsonNode recorded, ParityReport report) {
    Matcher sizes = CROP_SIZES.matcher(name);
    Matcher crop = CROP.matcher(name);
    if (sizes.matches()) {
      List<Size> expected = new ArrayList<>();
      recorded.forEach(size -> expected.add(size(size)));
      report.equal("images." + name, CropSizes.forSide(number(sizes, 1)).sizes(), expected);
    } else if (crop.matches()) {
      Crop made =
          CropSizes.forSide(number(crop, 3)).cropOf(new Size(number(crop, 1), number(crop, 2)));
      report.equal(
          "images." + name,
          List.of(
              new Size(made.box().width(), made.box().height()),
              made.resized(),
              List.of(made.maxOffsetX(), made.maxOffsetY())),
          List.of(
              size(recorded.get("crop_size")),
              size(recorded.get("resized")),
              List.of(
                  recorded.get("max_offset").get(0).intValue(),
                  recorded.get("max_offset").get(1).intValue())));
    } else {
      throw new IllegalArgumentException("no check is known for this entry of crops.json");
    }
  }

  /// Compares the crops at the four corners, which together cover the resized picture.
  private static void checkResized(
      ReferenceFolder folder, String file, MatchResult sizes, ParityReport report) {
    Picture source = ImageFiles.read(folder.file("images/src_" + sizes.group(1) + ".png"));
    Picture expected = ImageFiles.read(folder.file("images/" + file));
    Crop crop = CropSizes.forSide(number(sizes, 4)).cropOf(source.size());
    double largest = 0;
    for (int x : new int[] {0, crop.maxOffsetX()}) {
      for (int y : new int[] {0, crop.maxOffsetY()}) {
        Crop corner = crop.at(x, y);
        Box box = corner.box();
        largest = Math.max(largest, difference(corner.of(source), expected.crop(box)));
      }
    }
    report.add(ParityResult.ofDifference("images." + file, largest, LEVELS));
  }

  private static double difference(Picture made, Picture expected) {
    byte[] a = made.toBytes();
    byte[] b = expected.toBytes();
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return largest;
  }

  private static void checkMask(String name, JsonNode recorded, int factor, ParityReport report) {
    Matcher settings = MASK.matcher(name);
    if (!settings.matches()) {
      throw new IllegalArgumentException("no check is known for this entry of paint_masks.json");
    }
    Size picture = new Size(number(settings, 1), number(settings, 2));
    double height = Double.parseDouble(settings.group(4));
    double width = Double.parseDouble(settings.group(5));
    TokenMask made =
        settings.group(3).equals("inpainting")
            ? PaintMask.inpainting(picture, height, width, factor)
            : PaintMask.outpainting(picture, height, width, factor);
    List<String> lines = new ArrayList<>();
    recorded.forEach(line -> lines.add(line.stringValue()));
    report.equal("images." + name, made, TokenMask.parse(lines));
  }

  private static Size size(JsonNode pair) {
    return new Size(pair.get(0).intValue(), pair.get(1).intValue());
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
