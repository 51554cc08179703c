package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import java.util.List;

/// How a client wants its pictures.
///
/// @param format `png`, `jpeg` or `webp`
/// @param compression 0..100, for jpeg and webp: 100 is the best quality
/// @param asUrl as `data:` URLs in the field `url`; else in `b64_json`
/// @param stream as server-sent events while they form
/// @param partials forming pictures to send, 0..3
/// @param progress whether every step is reported too
/// @param quality the word that is repeated in the answer
record PictureForm(
    String format,
    int compression,
    boolean asUrl,
    boolean stream,
    int partials,
    boolean progress,
    String quality) {

  static PictureForm of(Fields fields) {
    String background = fields.word("background", List.of("auto", "opaque", "transparent"));
    if (background.equals("transparent")) {
      throw Refusal.badRequest(
          "background", "background is \"transparent\"; this model makes opaque pictures only.");
    }
    String format = fields.word("output_format", List.of("png", "jpeg", "webp"));
    Integer compression = fields.integer(0, 100, "output_compression");
    String response = fields.word("response_format", List.of("b64_json", "url"));
    Boolean stream = fields.flag("stream");
    Integer partials = fields.integer(0, 3, "partial_images");
    Boolean progress = fields.flag("progress");
    return new PictureForm(
        format,
        compression == null ? 100 : compression,
        response.equals("url"),
        stream != null && stream,
        partials == null ? 0 : partials,
        progress != null && progress,
        fields.word("quality", List.of("auto", "low", "medium", "high", "standard", "hd")));
  }

  /// What the client is shown of the steps.
  ShownSteps steps() {
    return stream ? new ShownSteps(true, progress, partials) : ShownSteps.NONE;
  }
}
