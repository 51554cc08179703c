package ai.dimoo.train.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.parity.Differences;
import ai.dimoo.parity.ParityCases;
import ai.dimoo.parity.ParityReport;
import ai.dimoo.parity.ParityResult;
import ai.dimoo.parity.ReferenceFolder;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.MaskedLoss;
import ai.dimoo.train.transformer.TokenBatch;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/// `training.safetensors`: losses, gradients and optimiser steps.
final class TrainingCases implements ParityCases {

  private static final String FILE = "training.safetensors";

  /// Relative.
  private static final double LOSS_BOUND = 1e-5;

  /// Relative to the largest value of each gradient.
  private static final double GRADIENT_BOUND = 1e-4;

  /// Of weights after the optimiser's steps, for all but one in a hundred.
  ///
  /// AdamW moves a weight by about the learning rate whichever sign its gradient has, so rounding
  /// decides over the few weights whose gradient is zero but for rounding. The golden recording
  /// itself differs from the same steps in float64 by 2e-5 at one weight.
  private static final double WEIGHT_BOUND = 1e-5;

  private static final double SHARE_WITHIN_BOUND = 0.99;

  /// Of the gradient norm once such weights differ, relative.
  private static final double LATER_NORM_BOUND = 3e-4;

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (SafetensorsFile file = folder.tensors(FILE)) {
      int rows = (int) file.info("ids").sizes()[0];
      for (int row = 0; row < rows; row++) {
        checkRow(folder, file, row, report);
      }
      checkPaddedBatch(folder, file, rows, report);
      report.run("training.adamw", () -> checkOptimiser(folder, file, report));
    }
  }

  private static void checkRow(
      ReferenceFolder folder, SafetensorsFile file, int row, ParityReport report) {
    String name = "training.row" + row;
    report.run(
        name,
        () -> {
          try (Model model = Model.of(folder)) {
            TokenBatch batch = batch(file, row);
            Tensor loss = MaskedLoss.backward(model.transformer(), batch);
            double expected = number(file, "row" + row + ".loss");
            relative(name + ".loss", loss.item_double(), expected, LOSS_BOUND, report);
            String prefix = "row" + row + ".grad.";
            if (file.names().stream().anyMatch(tensor -> tensor.startsWith(prefix))) {
              checkGradients(name + ".grad", prefix, model.parameters(), file, report);
              model.parameters().zeroGradients();
              MaskedLoss.backwardRecomputing(model.transformer(), batch);
              checkGradients(name + ".grad_recomputed", prefix, model.parameters(), file, report);
            }
          }
        });
  }

  /// The worst of all gradients, each against its own largest value.
  private static void checkGradients(
      String name,
      String prefix,
      Parameters parameters,
      SafetensorsFile file,
      ParityReport report) {
    double worst = 0;
    for (String weight : parameters.named().keySet()) {
      Tensor expected = file.tensor(prefix + weight);
      double difference = Differences.largestDifference(parameters.gradient(weight), expected);
      double relative = difference / Differences.largest(expected);
      worst = relative > worst || Double.isNaN(relative) ? relative : worst;
    }
    report.add(ParityResult.ofDifference(name, worst, GRADIENT_BOUND));
  }

  /// A padded batch whose padding is masked has the loss of its rows (the reference lets padding be
  /// attended to, which we do not copy).
  private static void checkPaddedBatch(
      ReferenceFolder folder, SafetensorsFile file, int rows, ParityReport report) {
    String name = "training.padded_batch.loss";
    report.run(
        name,
        () -> {
          try (Model model = Model.of(folder)) {
            int[] all = IntStream.range(0, rows).toArray();
            double total = 0;
            double labelled = 0;
            for (int row : all) {
              double count = batch(file, row).labels().size(0);
              total += count * number(file, "row" + row + ".loss");
              labelled += count;
            }
            Tensor loss = MaskedLoss.of(model.transformer(), batch(file, all));
            relative(name, loss.item_double(), total / labelled, LOSS_BOUND, report);
          }
        });
  }

  private static void checkOptimiser(
      ReferenceFolder folder, SafetensorsFile file, ParityReport report) {
    OptimiserRun run = OptimiserRun.of(file.metadata().getOrDefault("optimizer", ""));
    try (Model model = Model.of(folder);
        AdamW optimiser = new AdamW(model.parameters(), run.settings())) {
      double[] losses = TensorArrays.doubles(file.tensor("adamw.loss"));
      double[] norms = TensorArrays.doubles(file.tensor("adamw.grad_norm"));
      for (int step = 0; step < losses.length; step++) {
        try (PointerScope scope = new PointerScope()) {
          Tensor loss = MaskedLoss.backward(model.transformer(), batch(file, run.row()));
          String number = "." + (step + 1);
          relative(
              "training.adamw.loss" + number, loss.item_double(), losses[step], LOSS_BOUND, report);
          relative(
              "training.adamw.grad_norm" + number,
              optimiser.step(run.learningRate()),
              norms[step],
              step == 0 ? GRADIENT_BOUND : LATER_NORM_BOUND,
              report);
        }
      }
      String prefix = "adamw.after.";
      for (String tensor : file.names()) {
        if (tensor.startsWith(prefix)) {
          Tensor weight = model.parameters().named().get(tensor.substring(prefix.length()));
          report.absoluteForMost(
              "training." + tensor, weight, file.tensor(tensor), WEIGHT_BOUND, SHARE_WITHIN_BOUND);
        }
      }
    }
  }

  private static void relative(
      String name, double value, double expected, double bound, ParityReport report) {
    report.add(ParityResult.ofDifference(name, Math.abs(value - expected) / expected, bound));
  }

  private static double number(SafetensorsFile file, String tensor) {
    return TensorArrays.doubles(file.tensor(tensor))[0];
  }

  /// Rows of the recorded batch, each without the padding that it was recorded with.
  private static TokenBatch batch(SafetensorsFile file, int... rows) {
    List<TrainingExample> examples = new ArrayList<>();
    for (int row : rows) {
      int length = (int) number(file, "row" + row + ".length");
      examples.add(
          new TrainingExample(
              Arrays.copyOf(TensorArrays.ints(file.tensor("ids").select(0, row)), length),
              Arrays.copyOf(TensorArrays.ints(file.tensor("labels").select(0, row)), length)));
    }
    return TokenBatch.of(examples, 0, new Device("cpu"));
  }

  /// The checkpoint's model with weights that learn.
  private record Model(Transformer transformer, Parameters parameters) implements AutoCloseable {

    static Model of(ReferenceFolder folder) {
      Parameters parameters =
          Parameters.of(
              weights -> new Transformer(folder.config(), weights, Attention.EXPLICIT),
              new Device("cpu"));
      parameters.initialise(
          (name, weight) -> weight.copy_(folder.checkpoint().weights().tensor(name)));
      return new Model(
          new Transformer(folder.config(), parameters, Attention.EXPLICIT), parameters);
    }

    @Override
    public void close() {
      transformer.close();
      parameters.close();
    }
  }
}
