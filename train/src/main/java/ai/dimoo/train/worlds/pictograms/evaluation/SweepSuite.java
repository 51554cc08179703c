package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.evaluation.BarChart.Bars;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompt;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompts;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Quality against cost over the settings of the sampler, on combinations that are kept for
/// choosing settings: one setting is varied at a time, the others as they are.
final class SweepSuite implements Suite {

  /// Prompts of each of GenEval's categories for each setting.
  private static final int EACH = 8;

  private static final String SECONDS = " (time)";

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String right() {
    return "all that is asked and nothing else, on the tuning split; and seconds a picture";
  }

  @Override
  public String baseline() {
    return "an empty picture";
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<EvaluationPrompt> prompts = new ArrayList<>();
    EvaluationPrompts.of(Split.TUNING, setting.things())
        .values()
        .forEach(some -> prompts.addAll(some.subList(0, Math.min(EACH, some.size()))));
    List<Trial> trials = new ArrayList<>();
    settings(setting.sampling())
        .forEach((row, sampling) -> {
          Setting varied =
              new Setting(
                  setting.things(), setting.compositor(), setting.judge(), sampling, Split.TUNING);
          for (int i = 0; i < prompts.size(); i++) {
            EvaluationPrompt prompt = prompts.get(i);
            long seed = i;
            trials.add(Trial.of(row, pupil -> run(varied, row, prompt, seed, pupil)));
          }
        });
    return trials;
  }

  private static Outcome run(
      Setting setting, String row, EvaluationPrompt prompt, long seed, Pupil pupil) {
    long start = System.nanoTime();
    Picture picture = pupil.picture(setting.draw(prompt.caption().text(), seed));
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean right = setting.satisfies(prompt.caption().requirement(), picture);
    return new Outcome(
        List.of(Score.of(row, right, false), Score.in(Unit.SECONDS, row + SECONDS, seconds)),
        List.of(picture),
        prompt.caption().text());
  }

  private static SequencedMap<String, Sampling> settings(Sampling base) {
    SequencedMap<String, Sampling> settings = new LinkedHashMap<>();
    for (int timesteps : new int[] {4, 8, 12, 16, 24, 32, 48, 64}) {
      settings.put("timesteps " + timesteps, base.withTimesteps(timesteps));
    }
    for (double guidance : new double[] {0, 1, 2, 3, 4, 6}) {
      settings.put("guidance " + guidance, base.withCfgScale(guidance));
    }
    for (double temperature : new double[] {0, 0.5, 0.8, 1, 1.2}) {
      settings.put("temperature " + temperature, base.withTemperature(temperature));
    }
    for (Remasking remasking : Remasking.values()) {
      settings.put("remasking " + remasking, base.withRemasking(remasking));
    }
    settings.put("cache off", base.withCache(null));
    settings.put("cache on", base.withCache(CacheSettings.DEFAULT));
    return settings;
  }

  @Override
  public List<String> notes(List<Trial> trials, List<Outcome> outcomes) {
    return bars(trials, outcomes).stream()
        .max(Comparator.comparingDouble(Bars::quality))
        .map(best ->
            List.of(
                "best: %s %s".formatted(best.group(), best.label()),
                "sheet: blue is the share that is right, orange the time"))
        .orElse(List.of());
  }

  @Override
  public Picture chart(List<Trial> trials, List<Outcome> outcomes) {
    return BarChart.of(bars(trials, outcomes));
  }

  /// The mean quality and time of each setting.
  private static List<Bars> bars(List<Trial> trials, List<Outcome> outcomes) {
    SequencedMap<String, double[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      double[] sum = sums.computeIfAbsent(trials.get(i).row(), row -> new double[3]);
      sum[0] += outcomes.get(i).scores().getFirst().value();
      sum[1] += outcomes.get(i).scores().getLast().value();
      sum[2]++;
    }
    return sums.entrySet().stream()
        .map(entry -> {
          String[] words = entry.getKey().split(" ", 2);
          double[] sum = entry.getValue();
          return new Bars(words[0], words[1].replace('_', ' '), sum[0] / sum[2], sum[1] / sum[2]);
        })
        .toList();
  }
}
