package ai.dimoo.app;

import ai.dimoo.ModelOptions;
import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.BenchSubject;
import ai.dimoo.train.bench.Shape;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is measured: a model, or random weights of a shape.
final class BenchSubjectOptions {

  @Mixin private OpeningOptions model = new OpeningOptions();

  @Mixin private SizeOptions size = new SizeOptions();

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description =
          "Measure random weights of this shape in place of a model: 8b is Lumina-DiMOO at 512x512"
              + " pixels, tiny is for trying this command out (default: the model is measured).")
  private @Nullable String shape;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description =
          "How many layers of the shape to make; a forward pass of all of them is extrapolated"
              + " (default: 1).")
  private @Nullable Integer layers;

  /// On what is computed, and how.
  ModelOptions options() {
    return model.options();
  }

  /// The folder of the model.
  Path model() {
    return model.directory();
  }

  /// The model, or some layers of the shape.
  BenchSubject subject() {
    BenchSubject.Random random = random();
    if (random != null) {
      return random;
    }
    if (layers != null) {
      throw new UserException("--layers goes with --shape; a model is measured whole.");
    }
    return new BenchSubject.Saved(model.directory(), size.width, size.height);
  }

  /// Some layers of the shape; null: a model is measured.
  BenchSubject.@Nullable Random random() {
    if (shape == null) {
      return null;
    }
    if (model.model != null
        || !model.adapters.isEmpty()
        || size.width != null
        || size.height != null) {
      throw new UserException(
          "--shape has weights and a size of its own; leave out --model, --lora, --width and"
              + " --height.");
    }
    return new BenchSubject.Random(Shape.named(shape), layers == null ? 1 : layers);
  }

  /// The shape with all its layers; null: there is none, or some layers were asked for.
  @Nullable Shape wholeShape() {
    return shape == null || layers != null ? null : Shape.named(shape);
  }
}
