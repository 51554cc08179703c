package ai.dimoo.train.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// `training.safetensors`: losses, gradients and optimiser steps.
final class TrainingCases implements ParityCases {

  private static final String FILE = "training.safetensors";

  /// Relative.
  private static final double LOSS_BOUND = 1e-5;

  /// Relative to the largest value of each gradient.
  private static final double GRADIENT_BOUND = 1e-4;

  /// Of weights after the optimiser's steps.
  private static final double WEIGHT_BOUND = 1e-5;

  /// torch's cross_entropy: the mean over the labels that are not ignored.
  private static final long MEAN = 1;

  private static final long IGNORED = -100;

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (SafetensorsFile file = folder.tensors(FILE)) {
      long rows = file.info("ids").sizes()[0];
      for (int row = 0; row < rows; row++) {
        checkRow(folder, file, row, report);
      }
      checkPaddedBatch(folder, file, report);
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
            Tensor loss = model.loss(file, row);
            compareLoss(name + ".loss", loss, number(file, "row" + row + ".loss", 0), report);
            String prefix = "row" + row + ".grad.";
            if (file.names().stream().anyMatch(tensor -> tensor.startsWith(prefix))) {
              loss.backward();
              checkGradients(name + ".grad", prefix, model.parameters(), file, report);
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
      ReferenceFolder folder, SafetensorsFile file, ParityReport report) {
    String name = "training.padded_batch.loss";
    report.run(
        name,
        () -> {
          try (Model model = Model.of(folder)) {
            Tensor ids = file.tensor("ids"); // [B, L]
            Tensor labels = file.tensor("labels");
            double total = 0;
            double labelled = 0;
            long[] lengths = new long[(int) ids.size(0)];
            for (int row = 0; row < lengths.length; row++) {
              lengths[row] = (long) number(file, "row" + row + ".length", 0);
              double count = labels.select(0, row).ne(new Scalar(IGNORED)).sum().item_long();
              total += count * number(file, "row" + row + ".loss", 0);
              labelled += count;
            }
            Tensor attended =
                torch.arange(new Scalar(ids.size(1))).lt(Tensor.create(lengths).unsqueeze(1));
            compareLoss(name, model.loss(ids, labels, attended), total / labelled, report);
          }
        });
  }

  private static void checkOptimiser(
      ReferenceFolder folder, SafetensorsFile file, ParityReport report) {
    OptimiserRun run = OptimiserRun.of(file.metadata().getOrDefault("optimizer", ""));
    try (Model model = Model.of(folder);
        AdamW optimiser = new AdamW(model.parameters(), run.settings())) {
      int steps = (int) file.info("adamw.loss").sizes()[0];
      for (int step = 0; step < steps; step++) {
        try (PointerScope scope = new PointerScope()) {
          Tensor loss = model.loss(file, run.row());
          String number = "." + (step + 1);
          compareLoss(
              "training.adamw.loss" + number, loss, number(file, "adamw.loss", step), report);
          loss.backward();
          double norm = optimiser.step(run.learningRate());
          double expected = number(file, "adamw.grad_norm", step);
          report.add(
              ParityResult.ofDifference(
                  "training.adamw.grad_norm" + number,
                  Math.abs(norm - expected) / expected,
                  GRADIENT_BOUND));
        }
      }
      String prefix = "adamw.after.";
      for (String tensor : file.names()) {
        if (tensor.startsWith(prefix)) {
          Tensor weight = model.parameters().named().get(tensor.substring(prefix.length()));
          report.absolute("training." + tensor, weight, file.tensor(tensor), WEIGHT_BOUND);
        }
      }
    }
  }

  private static void compareLoss(
      String name, Tensor loss, double expected, ParityReport report) {
    double difference = Math.abs(loss.item_double() - expected) / expected;
    report.add(ParityResult.ofDifference(name, difference, LOSS_BOUND));
  }

  private static double number(SafetensorsFile file, String tensor, int index) {
    return TensorArrays.doubles(file.tensor(tensor))[index];
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

    /// The loss of one row without its padding.
    Tensor loss(SafetensorsFile file, int row) {
      long length = (long) number(file, "row" + row + ".length", 0);
      Tensor ids = file.tensor("ids").narrow(0, row, 1).narrow(1, 0, length);
      Tensor labels = file.tensor("labels").narrow(0, row, 1).narrow(1, 0, length);
      return loss(ids, labels, null);
    }

    /// The mean cross-entropy over the labelled positions.
    Tensor loss(Tensor ids, Tensor labels, @Nullable Tensor attended) {
      Tensor logits = transformer.logits(transformer.hidden(ids, attended)); // [B, L, vocabulary]
      return torch.cross_entropy_loss(
          logits.flatten(0, 1), labels.flatten(), new TensorOptional(), MEAN, IGNORED, 0.0);
    }

    @Override
    public void close() {
      transformer.close();
      parameters.close();
    }
  }
}
