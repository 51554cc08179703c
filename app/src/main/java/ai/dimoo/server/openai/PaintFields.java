package ai.dimoo.server.openai;

import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Retouch;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which part of a picture is painted: `mask`, `box`, `mask_h_ratio` with `mask_w_ratio`, `expand`.
///
/// @param mask null: none
record PaintFields(Fields fields, @Nullable InputPicture mask, Limits limits) {

  /// The tasks that paint.
  static final List<String> TASKS = List.of(Inpaint.TASK, Outpaint.TASK, Retouch.TASK);

  /// The fields that say where.
  static final List<String> AREAS =
      List.of("mask", "box", "expand", "mask_h_ratio", "mask_w_ratio");

  private static final int SIDES = 4;

  /// The area.
  ///
  /// @param picture size of the picture
  /// @param absent if none is given; null: one must be
  PaintArea area(Size picture, PaintArea.@Nullable Centred absent) {
    if (fields.node("expand") != null) {
      throw Refusal.badRequest("expand", "Only the task outpaint takes expand: leave it out.");
    }
    return given(picture, absent);
  }

  private PaintArea given(Size picture, PaintArea.@Nullable Centred absent) {
    Box box = box(picture);
    Double height = fields.number(1, "mask_h_ratio");
    Double width = fields.number(1, "mask_w_ratio");
    String ratio = height != null || width != null ? "ratio" : null;
    if (Stream.of(box, mask, ratio).filter(Objects::nonNull).count() > 1) {
      throw Refusal.badRequest(
          box == null ? "mask" : "box",
          "Give one of mask, box and the mask ratios: each of them says where to paint.");
    }
    if (box != null) {
      return new PaintArea.InBox(box);
    }
    if (mask != null) {
      return new PaintArea.Marked(mask.mask(limits.inputPixels()));
    }
    if (absent == null) {
      throw Refusal.badRequest(
          "mask", "What is to be repainted? Send a mask, or a box \"X,Y,WIDTH,HEIGHT\" in pixels.");
    }
    return new PaintArea.Centred(
        height == null ? absent.heightRatio() : height,
        width == null ? absent.widthRatio() : width);
  }

  private @Nullable Box box(Size picture) {
    List<Integer> sides =
        fields.integers("box", SIDES, "\"X,Y,WIDTH,HEIGHT\" in pixels, such as \"32,16,64,64\"");
    if (sides == null) {
      return null;
    }
    Box box =
        Refusal.naming(
            "box", () -> new Box(sides.get(0), sides.get(1), sides.get(2), sides.get(3)));
    if ((long) box.x() + box.width() > picture.width()
        || (long) box.y() + box.height() > picture.height()) {
      throw Refusal.badRequest(
          "box",
          "The box %s (x,y,width,height) reaches beyond the picture of %s: make it smaller or move it."
              .formatted(box, picture));
    }
    return box;
  }

  private @Nullable List<Integer> expand() {
    List<Integer> expand =
        fields.integers(
            "expand", SIDES, "\"LEFT,TOP,RIGHT,BOTTOM\" in pixels, such as \"0,0,64,0\"");
    if (expand != null && expand.stream().anyMatch(side -> side < 0)) {
      throw Refusal.badRequest("expand", "expand has a number below 0; give pixels to add.");
    }
    return expand;
  }

  /// Refuses to continue a picture beyond what is made, before it is decoded.
  void requireRoom(Size picture) {
    List<Integer> by = expand();
    if (by == null) {
      return;
    }
    long width = (long) picture.width() + by.get(0) + by.get(2);
    long height = (long) picture.height() + by.get(1) + by.get(3);
    long most = limits.outputPixels();
    if (width > most || height > most || width * height > most) {
      throw Refusal.badRequest(
          "expand",
          "The picture becomes %dx%d; at most %d pixels are made.".formatted(width, height, most));
    }
  }

  /// The request, whose sampling is still open.
  Outpaint outpaint(String prompt, Picture image) {
    List<Integer> by = expand();
    if (by == null) {
      return Outpaint.of(prompt, image).area(given(image.size(), Outpaint.DEFAULT_AREA)).build();
    }
    for (String area : AREAS) {
      if (area.equals("mask")
          ? mask != null
          : !area.equals("expand") && fields.node(area) != null) {
        throw Refusal.badRequest(
            area, "With expand the whole picture is kept: leave %s out.".formatted(area));
      }
    }
    return Refusal.naming(
        "expand",
        () ->
            Outpaint.of(prompt, image).expand(by.get(0), by.get(1), by.get(2), by.get(3)).build());
  }
}
