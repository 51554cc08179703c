package ai.dimoo.springai;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.torch.Dtype;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/// The model that the tests use, and a picture for it.
final class PocketModel {

  static final Path FOLDER = Path.of("../../models/pocket");

  static final Picture PICTURE = Picture.filled(new Size(128, 128), 0x20a040);

  static final byte[] PNG = ImageFiles.encodePng(PICTURE, Map.of());

  static final Media MEDIA = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(PNG));

  private PocketModel() {}

  static Dimoo open() {
    return Dimoo.open(
        FOLDER, ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1));
  }
}
