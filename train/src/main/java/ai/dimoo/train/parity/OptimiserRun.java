package ai.dimoo.train.parity;

import ai.dimoo.train.optim.AdamW;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the recorded optimiser steps were taken, as the file's metadata tells it: `AdamW lr=1e-3
/// betas=(0.9,0.95) eps=1e-8 weight_decay=0.1 clip_grad_norm=4.0, 3 steps on row 1`. What it does
/// not tell is as in that example.
///
/// @param row the row of the batch that they were taken on
record OptimiserRun(AdamW.Settings settings, double learningRate, int row) {

  static OptimiserRun of(String description) {
    AdamW.Settings settings =
        new AdamW.Settings(
            number(description, "betas=\\(([^,]+),", 0.9),
            number(description, "betas=\\([^,]+,([^)]+)\\)", 0.95),
            number(description, "eps=([^ ,]+)", 1e-8),
            number(description, "weight_decay=([^ ,]+)", 0.1),
            number(description, "clip_grad_norm=([^ ,]+)", 4.0));
    return new OptimiserRun(
        settings,
        number(description, "lr=([^ ,]+)", 1e-3),
        (int) number(description, "on row (\\d+)", 1));
  }

  private static double number(String description, String pattern, double otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(description);
    return matcher.find() ? Double.parseDouble(matcher.group(1).strip()) : otherwise;
  }
}
