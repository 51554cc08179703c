package ai.dimoo.server.openai;

import ai.dimoo.request.ImageRequest;
import java.util.List;

/// What a client ordered: pictures, and how it wants to get them.
///
/// @param requests one a picture, each with its seed
/// @param form how the pictures are sent
/// @param key the same for the same order
/// @param warnings what had no effect
record PictureOrder(List<ImageRequest> requests, PictureForm form, String key, Warnings warnings) {

  /// What a model has to do.
  PictureJob job(ServedModel served) {
    return new PictureJob(served, requests, form.steps());
  }
}
