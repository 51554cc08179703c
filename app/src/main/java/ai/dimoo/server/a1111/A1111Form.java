package ai.dimoo.server.a1111;

import ai.dimoo.request.Inpaint;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.UntrainedSize;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.Fields;
import ai.dimoo.server.openai.InputPicture;
import ai.dimoo.server.openai.Orders;
import ai.dimoo.server.openai.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a request to `txt2img` or `img2img` asks for, in the fields of `/v1/images/…`.
///
/// @param order those fields
/// @param images pictures to work on
/// @param mask what of the picture is repainted; null: no part in particular
/// @param warnings what has no effect here, a sentence each
/// @param echoed the request without its pictures
/// @param tags what the prompt said of adapters, which is not in the order's
record A1111Form(
    ObjectNode order,
    List<InputPicture> images,
    @Nullable InputPicture mask,
    List<String> warnings,
    ObjectNode echoed,
    LoraTags tags) {

  /// Fields that mean the same in `/v1/images/…` under the same name.
  private static final List<String> SAME =
      List.of("prompt", "steps", "width", "height", UntrainedSize.FIELD);

  private static final List<String> OF_WORDS =
      List.of("batch_size", "n_iter", "negative_prompt", "override_settings", "send_images");
  private static final List<String> OF_PICTURES =
      List.of("init_images", "mask", "image_cfg_scale", "inpainting_mask_invert", "task");

  /// Fields of that program's that mean nothing here; it has more, which nobody should need.
  private static final List<String> MEANINGLESS =
      List.of(
          "alwayson_scripts",
          "comments",
          "denoising_strength",
          "disable_extra_networks",
          "do_not_save_grid",
          "do_not_save_samples",
          "enable_hr",
          "eta",
          "firstphase_height",
          "firstphase_width",
          "firstpass_image",
          "force_task_id",
          "hr_cfg",
          "hr_additional_modules",
          "hr_checkpoint_name",
          "hr_negative_prompt",
          "hr_prompt",
          "hr_resize_x",
          "hr_resize_y",
          "hr_sampler_name",
          "hr_scale",
          "hr_scheduler",
          "hr_second_pass_steps",
          "hr_upscaler",
          "include_init_images",
          "infotext",
          "initial_noise_multiplier",
          "inpaint_full_res",
          "inpaint_full_res_padding",
          "inpainting_fill",
          "latent_mask",
          "mask_blur",
          "mask_blur_x",
          "mask_blur_y",
          "mask_round",
          "override_settings_restore_afterwards",
          "refiner_checkpoint",
          "refiner_switch_at",
          "resize_mode",
          "restore_faces",
          "s_churn",
          "s_min_uncond",
          "s_noise",
          "s_tmax",
          "s_tmin",
          "sampler_index",
          "sampler_name",
          "save_images",
          "scheduler",
          "script_args",
          "script_name",
          "seed_resize_from_h",
          "seed_resize_from_w",
          "styles",
          "subseed",
          "subseed_strength",
          "tiling");

  /// Reads a body of `txt2img`.
  static A1111Form ofWords(ObjectNode sent, ServedModel served) {
    return new Reading(sent, served, SamplingKind.PICTURE).form(List.of(), null);
  }

  /// Reads a body of `img2img`.
  static A1111Form ofPictures(ObjectNode sent, ServedModel served) {
    return new Reading(sent, served, SamplingKind.EDIT).ofPictures();
  }

  /// A request while it is read.
  private static final class Reading {

    private final ObjectNode sent;
    private final Fields fields;
    private final ServedModel served;
    private final ObjectNode order = JsonNodeFactory.instance.objectNode();
    private final List<String> warnings = new ArrayList<>();
    private final LoraTags tags;

    Reading(ObjectNode sent, ServedModel served, SamplingKind kind) {
      this.sent = sent;
      this.served = served;
      fields = Fields.of(sent);
      List<String> settings =
          Stream.concat(SamplingTable.of(kind).stream().map(SamplingField::name), SAME.stream())
              .toList();
      List<String> own =
          kind == SamplingKind.EDIT
              ? Stream.concat(OF_WORDS.stream(), OF_PICTURES.stream()).toList()
              : OF_WORDS;
      Orders.requireKnown(
          sent, Stream.of(settings, own, MEANINGLESS).flatMap(List::stream).distinct().toList());
      for (String name : settings) {
        if (fields.node(name) != null) {
          order.set(name, sent.get(name));
        }
      }
      String prompt = fields.text("prompt");
      tags = LoraTags.of(prompt == null ? "" : prompt);
      if (prompt != null) {
        order.put("prompt", tags.prompt());
      }
      Integer together = fields.integer(1, served.limits().pictures(), "batch_size");
      Integer times = fields.integer(1, served.limits().pictures(), "n_iter");
      order.put("n", (together == null ? 1 : together) * (times == null ? 1 : times));
      String negative = fields.text("negative_prompt");
      if (negative != null && !negative.isBlank()) {
        warnings.add("negative_prompt has no effect here: say in the prompt what is to be seen.");
      }
      if (Boolean.FALSE.equals(fields.flag("send_images"))) {
        warnings.add("send_images has no effect here: pictures are sent, and not kept.");
      }
      MEANINGLESS.stream().filter(name -> says(sent.get(name))).forEach(this::ignored);
      override(fields.node("override_settings"));
    }

    /// Whether a value asks for something: clients send most fields all the time.
    private static boolean says(@Nullable JsonNode value) {
      return value != null
          && !value.isNull()
          && (value.isValueNode() || !value.isEmpty())
          && !(value.isBoolean() && !value.booleanValue())
          && !(value.isNumber() && value.doubleValue() <= 0)
          && !(value.isString() && value.stringValue().isBlank());
    }

    private void ignored(String name) {
      warnings.add(name + " has no effect here.");
    }

    private void override(@Nullable JsonNode settings) {
      if (settings == null) {
        return;
      }
      if (!settings.isObject()) {
        throw Refusal.badRequest(
            "override_settings", "override_settings is no object: send {} or leave it out.");
      }
      for (String name : settings.propertyNames()) {
        boolean same =
            name.equals(A1111Api.MODEL) && settings.get(name).asString("").equals(served.name());
        if (!same) {
          ignored("override_settings." + name);
        }
      }
    }

    A1111Form ofPictures() {
      List<JsonNode> sentImages = fields.list("init_images");
      if (sentImages.isEmpty()) {
        throw Refusal.badRequest(
            "init_images", "There is no picture: send one as Base64 in the list init_images.");
      }
      served.limits().requireInputPictures("init_images", sentImages.size());
      List<InputPicture> images = new ArrayList<>();
      for (int i = 0; i < sentImages.size(); i++) {
        String name = "init_images[" + i + "]";
        images.add(served.pictureUrls().get(name, sentImages.get(i).asString("")));
      }
      String marked = fields.text("mask");
      InputPicture mask = marked == null ? null : mask(marked);
      Double ofImage = fields.number(Double.MAX_VALUE, "image_cfg_scale");
      if (ofImage != null && mask == null) {
        order.put(SamplingTable.CFG_IMG.name(), ofImage);
      }
      String without = mask == null ? "inpainting_mask_invert" : "image_cfg_scale";
      if (says(sent.get(without))) {
        ignored(without);
      }
      String task = fields.text("task");
      if (task != null) {
        order.put("task", task);
      } else if (mask != null) {
        order.put("task", Inpaint.TASK);
      }
      return form(images, mask);
    }

    /// White is repainted. Where a mask has clear parts, that program repaints what is opaque, and
    /// OpenAI's API what is clear.
    private InputPicture mask(String text) {
      InputPicture mask = served.pictureUrls().get("mask", text);
      if (mask.hole(served.limits()) != null) {
        throw Refusal.badRequest(
            "mask", "The mask has clear parts, which may mean either: send white on black.");
      }
      Integer inverted = fields.integer(0, 1, "inpainting_mask_invert");
      if (inverted != null && inverted == 1) {
        throw Refusal.badRequest(
            "inpainting_mask_invert",
            "inpainting_mask_invert is not taken: send the mask with white where it is repainted.");
      }
      return mask;
    }

    A1111Form form(List<InputPicture> images, @Nullable InputPicture mask) {
      ObjectNode echoed = sent.deepCopy();
      echoed.remove(List.of("init_images", "mask"));
      return new A1111Form(order, images, mask, List.copyOf(warnings), echoed, tags);
    }
  }
}
