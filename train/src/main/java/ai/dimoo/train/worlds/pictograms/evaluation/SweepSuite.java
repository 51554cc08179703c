package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.diffusion.Remasking;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.train.worlds.pictograms.evaluation.BarChart.Bars;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompt;
import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompts;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Quality against cost over the settings of the sampler, on combinations that are kept for
/// choosing settings: one setting is varied at a time, the others as they are.
///
/// The cost is processor time, all threads' together, so that what else the machine does hardly
/// counts.
final class SweepSuite implements Suite {

  private static final String SECONDS = " (time)";

  /// Edits of each kind.
  private static final int EDITS = 40;

  private final String name;
  private final String right;
  private final String baseline;
  private final List<Task> tasks;
  private final Function<Setting, List<Problem>> problems;
  private final List<Values<?>> variations;

  /// The values of one field.
  private record Values<T>(SamplingField<T> field, List<T> values) {

    @SafeVarargs
    static <T> Values<T> of(SamplingField<T> field, T... values) {
      return new Values<>(field, List.of(values));
    }

    /// By row.
    SequencedMap<String, Sampling> on(Sampling base) {
      SequencedMap<String, Sampling> settings = new LinkedHashMap<>();
      for (T value : values) {
        settings.put(field.name() + " " + value, base.with(field, value));
      }
      return settings;
    }
  }

  /// A prompt, with a picture or without, and what must come of it.
  private record Problem(
      Requirement requirement, String words, BiFunction<Setting, Long, ImageRequest> request) {}

  private SweepSuite(
      String name,
      String right,
      String baseline,
      List<Task> tasks,
      Function<Setting, List<Problem>> problems,
      List<Values<?>> variations) {
    this.name = name;
    this.right = right + ", on the tuning split; and processor seconds a picture";
    this.baseline = baseline;
    this.tasks = tasks;
    this.problems = problems;
    this.variations = variations;
  }

  /// Pictures by text.
  static Suite drawn() {
    return new SweepSuite(
        "sweep",
        "all that is asked and nothing else",
        "an empty picture",
        List.of(Task.TEXT_TO_IMAGE),
        SweepSuite::drawings,
        List.of(
            Values.of(SamplingTable.TIMESTEPS, 4, 8, 12, 16, 24, 32, 64),
            Values.of(SamplingTable.CFG_SCALE, 0.0, 0.25, 0.5, 1.0, 2.0),
            Values.of(SamplingTable.TEMPERATURE, 0.0, 0.4, 0.65, 0.9),
            Values.of(SamplingTable.REMASKING, Remasking.values()),
            Values.of(SamplingTable.CFG_TO, 0.25, 0.5, 0.75),
            Values.of(SamplingTable.CORRECT, true),
            Values.of(SamplingTable.CACHE_RATIO, 0.5, 0.9)));
  }

  /// Pictures by instruction.
  static Suite edited() {
    return new SweepSuite(
        "sweep_edit",
        "the change happened and nothing else changed",
        "the unchanged picture",
        TaskSuite.edit().tasks(),
        SweepSuite::edits,
        List.of(
            Values.of(SamplingTable.TIMESTEPS, 4, 8, 16, 32, 64),
            Values.of(SamplingTable.CFG_SCALE, 0.0, 0.25, 1.0),
            Values.of(SamplingTable.CFG_IMG, 0.0, 0.25, 1.0),
            Values.of(SamplingTable.TEMPERATURE, 0.0, 0.3, 0.65, 1.0),
            Values.of(SamplingTable.REMASKING, Remasking.values()),
            Values.of(SamplingTable.CACHE_RATIO, 0.5, 0.9)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String right() {
    return right;
  }

  @Override
  public String baseline() {
    return baseline;
  }

  @Override
  public List<Task> tasks() {
    return tasks;
  }

  @Override
  public boolean timed() {
    return true;
  }

  @Override
  public List<Trial> trials(Setting setting) {
    Setting tuning = setting.with(Split.TUNING);
    List<Problem> same = problems.apply(tuning);
    List<Trial> trials = new ArrayList<>();
    for (Values<?> values : variations) {
      values
          .on(setting.sampling())
          .forEach((row, sampling) -> {
            Setting varied = tuning.with(sampling);
            for (int i = 0; i < same.size(); i++) {
              Problem problem = same.get(i);
              long seed = i;
              trials.add(Trial.of(row, pupil -> run(varied, row, problem, seed, pupil)));
            }
          });
    }
    return trials;
  }

  private static List<Problem> drawings(Setting setting) {
    return EvaluationPrompts.of(setting.split(), setting.things()).values().stream()
        .flatMap(List::stream)
        .map(EvaluationPrompt::caption)
        .map(caption ->
            new Problem(
                caption.requirement(),
                caption.text(),
                (varied, seed) -> varied.draw(caption.text(), seed)))
        .toList();
  }

  private static List<Problem> edits(Setting setting) {
    return TaskSuite.editKeys().stream()
        .flatMap(key -> Samples.of(setting, key, EDITS).stream())
        .map(sample ->
            new Problem(
                sample.requirement(),
                sample.prompt(),
                (varied, seed) -> Samples.request(varied, sample, seed)))
        .toList();
  }

  private static Outcome run(Setting setting, String row, Problem problem, long seed, Pupil pupil) {
    ImageRequest request = problem.request().apply(setting, seed);
    Duration start = processorTime();
    Picture picture = pupil.picture(request);
    double seconds = processorTime().minus(start).toNanos() / 1e9;
    boolean right = setting.satisfies(problem.requirement(), picture);
    return new Outcome(
        List.of(Score.of(row, right, false), Score.in(Unit.SECONDS, row + SECONDS, seconds)),
        List.of(picture),
        problem.words());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
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
