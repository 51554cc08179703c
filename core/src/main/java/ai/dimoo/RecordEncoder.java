package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.CropSizes;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.records.CodebookFingerprint;
import ai.dimoo.records.PreparedRecord;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.vq.VqCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns records of training data into tokens: pictures are cropped as the reference crops them and
/// encoded by a model's VQ encoder. The transformer is not loaded.
///
/// Not thread-safe; made, used and closed on one platform thread. Whoever made it closes it.
public final class RecordEncoder implements AutoCloseable {

  private final VqCodec codec;
  private final InputPictures inputs;
  private final CropSizes targets;
  private final String codebook;

  /// @param checkpoint whose VQ model encodes; stays the caller's, open as long as this
  /// @param side pictures that words alone ask for are cropped to about the area of its square;
  ///   null: the model's own width
  /// @throws ai.dimoo.error.UserException if the checkpoint has no usable VQ model
  public RecordEncoder(Checkpoint checkpoint, @Nullable Integer side, TorchDevice device) {
    codec = VqCodec.open(checkpoint, device);
    int factor = codec.config().pixelsPerCode();
    inputs = InputPictures.of(checkpoint, factor);
    int square = side == null ? ModelDefaults.of(checkpoint, factor).width() : side;
    targets = CropSizes.forSide(square, 2 * factor);
    codebook = CodebookFingerprint.of(checkpoint);
  }

  /// What the codes are codes of, see {@link CodebookFingerprint}.
  public String codebook() {
    return codebook;
  }

  /// A record as tokens.
  ///
  /// @param task decides the sentences round the words
  /// @param words what is asked for
  /// @param pictures of the prompt
  /// @param target the picture to predict
  /// @param answer to predict
  /// @throws ai.dimoo.error.UserException if a picture is too elongated
  public PreparedRecord encode(
      Task task,
      String words,
      List<Picture> pictures,
      @Nullable Picture target,
      @Nullable String answer) {
    List<Picture> seen =
        task.equals(Task.UNDERSTANDING)
            ? inputs.forQuestion(pictures)
            : pictures.stream().map(inputs::forEditing).toList();
    CodeGrid drawn = null;
    if (target != null) {
      drawn = encode(pictures.isEmpty() ? targets.crop(target) : inputs.forEditing(target));
    }
    return new PreparedRecord(task, words, seen.stream().map(this::encode).toList(), drawn, answer);
  }

  private CodeGrid encode(Picture picture) {
    return new PictureCodec(codec).encode(picture);
  }

  /// The picture that a record's codes stand for: what a model can learn of it.
  public Picture decode(CodeGrid codes) {
    return new PictureCodec(codec).decode(codes);
  }

  @Override
  public void close() {
    codec.close();
  }
}
