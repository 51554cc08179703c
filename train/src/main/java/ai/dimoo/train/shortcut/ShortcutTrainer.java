package ai.dimoo.train.shortcut;

import ai.dimoo.ShortcutTeacher;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.diffusion.FeaturePair;
import ai.dimoo.diffusion.FeatureRun;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamWTrainer;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Shard;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Trains a shortcut network (MIGM-Shortcut, arXiv 2602.23996, `train_shortcut.py`) while its
/// transformer samples, so that no features are stored: several pictures form side by side, and at
/// each step the network learns to make of the features of the step before those that the
/// transformer computes, by their mean squared difference. AdamW, float32 weights, an exponential
/// average of them.
///
/// Which pictures form depends on their numbers alone, so a run that was killed and resumed gives
/// the losses of one that was not. Not thread-safe; call it from one platform thread.
public final class ShortcutTrainer extends AdamWTrainer {

  /// The name under which {@link #train} reports what the loss would be if features stayed as they
  /// were.
  public static final String UNCHANGED = "unchanged";

  private static final int COPIES = 6;

  private final ShortcutTeacher teacher;
  private final ShortcutRecipe recipe;
  private final Shard average;
  private final List<FormingPictures> places = new ArrayList<>();

  /// @param teacher stays the caller's
  /// @param begin begins the picture of a number
  /// @param timesteps of a picture
  /// @param device where the teacher computes
  public ShortcutTrainer(
      ShortcutTeacher teacher,
      LongFunction<FeatureRun> begin,
      int timesteps,
      ShortcutRecipe recipe,
      Device device) {
    super(Parameters.of(weights -> network(teacher, weights).close(), device), recipe.optimiser());
    this.teacher = teacher;
    this.recipe = recipe;
    initialise();
    average = Shard.copy(parameters());
    for (int place = 0; place < recipe.pictures(); place++) {
      places.add(new FormingPictures(begin, place, recipe.pictures(), timesteps));
    }
  }

  private static ShortcutNetwork network(ShortcutTeacher teacher, Weights weights) {
    return new ShortcutNetwork(teacher.config(), weights, Attention.EXPLICIT);
  }

  /// Normal weights of deviation 0.02, those that write to the residual stream half of that; norms
  /// one, biases zero. What is added to the features, and what the share of masked tokens does,
  /// begin at zero, so that the network at first leaves features as they are.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters()
          .initialise((name, weight) -> {
            boolean silent = name.startsWith("proj_out.") || name.startsWith("adaLN_modulation.");
            if (silent || name.endsWith(".bias")) {
              weight.zero_();
            } else if (weight.dim() == 1) {
              weight.fill_(new Scalar(1));
            } else {
              boolean writes = name.endsWith("attn_out.weight") || name.endsWith("ff_out.weight");
              double deviation = writes ? 0.01 : 0.02;
              Parameters.drawn(weight, drawn -> drawn.normal_(0, deviation, random.generator()));
            }
          });
    }
  }

  /// One step: of every picture that forms, the next. Reports `loss`, the mean squared difference
  /// to the transformer's features; `unchanged`, the same of the features of the step before;
  /// `gradient_norm`, before clipping; `learning_rate`.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      double loss = 0;
      double unchanged = 0;
      Weights cast = new CastWeights(parameters(), teacher.dtype().scalarType(), "");
      try (ShortcutNetwork network =
          network(teacher, cast)) { // casts the weights once for all pictures
        ModelRunner learner = teacher.with(network);
        for (FormingPictures place : places) {
          try (PointerScope scopeOfPlace = new PointerScope()) {
            List<FeaturePair> pairs = place.next();
            double share = 1.0 / (places.size() * pairs.size());
            for (FeaturePair pair : pairs) {
              loss += share * backward(learner, pair, share);
              unchanged += share * difference(pair.before(), pair.after()).item_double();
            }
          }
        }
      }
      double rate = recipe.learningRate().at(step());
      double norm = optimiser().step(rate);
      average.follow(recipe.averageDecay(), optimiser().steps());
      stepTaken();
      return Map.of(LOSS, loss, UNCHANGED, unchanged, "gradient_norm", norm, "learning_rate", rate);
    }
  }

  /// @param share of the step's loss
  private static double backward(ModelRunner learner, FeaturePair pair, double share) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode gradient = new AutoGradMode(true)) {
      Tensor predicted =
          learner.predicted(pair.before(), pair.ids(), pair.newPositions(), pair.maskRatio());
      Tensor loss = difference(predicted, pair.after());
      loss.mul(new Scalar(share)).backward();
      return loss.item_double();
    }
  }

  /// The mean squared difference: [L, d], [L, d] → scalar float32
  private static Tensor difference(Tensor a, Tensor b) {
    return torch.mse_loss(a.to(ScalarType.Float), b.to(ScalarType.Float));
  }

  /// Writes the averaged weights, whole or not at all.
  ///
  /// @param dtype in which number format
  public void write(Path file, Dtype dtype) {
    Map<String, TensorSource> tensors = new TreeMap<>();
    TensorDtype stored = TensorDtype.of(dtype.scalarType());
    parameters()
        .named()
        .forEach((name, weight) -> {
          List<Long> shape = Arrays.stream(weight.sizes().vec().get()).boxed().toList();
          tensors.put(
              name,
              new TensorSource(stored, shape, () -> average.whole(name).to(dtype.scalarType())));
        });
    SafetensorsWriter.writeSources(
        file, tensors, Map.of("format", "pt", "trained_steps", Long.toString(step())));
  }

  /// Bytes of memory that the network takes while it learns: weights, gradients, two moments and
  /// the average in float32, and a copy in which it computes. Biases and norms are left out.
  ///
  /// @param transformer whose features it predicts
  public static long bytes(TransformerConfig transformer) {
    long d = transformer.dModel();
    long half = d / 2;
    long keyValue = half / transformer.nHeads() * transformer.nKvHeads();
    long block = 2 * half * half + 2 * half * keyValue + 3 * half * transformer.mlpHiddenSize();
    return (3 * d * half + 2 * block + 2 * half * half) * COPIES * Float.BYTES;
  }

  @Override
  protected void keep(TrainingState state) {
    for (int i = 0; i < places.size(); i++) {
      state.count(picture(i), places.get(i).picture()).count(taken(i), places.get(i).taken());
    }
    state.keep("average", average);
  }

  @Override
  protected void restored(Map<String, Long> counts) {
    for (int i = 0; i < places.size(); i++) {
      places.get(i).goOnAt(counts.get(picture(i)), counts.get(taken(i)));
    }
  }

  private static String picture(int place) {
    return "picture_" + place;
  }

  private static String taken(int place) {
    return "steps_of_picture_" + place;
  }

  @Override
  public void close() {
    places.forEach(FormingPictures::close);
    average.close();
    super.close();
  }
}
