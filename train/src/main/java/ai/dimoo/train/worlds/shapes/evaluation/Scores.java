package ai.dimoo.train.worlds.shapes.evaluation;

import ai.dimoo.train.worlds.shapes.EvaluationPrompt.Category;
import java.util.Map;
import java.util.SequencedMap;

/// What an evaluation measured. Shares are 0..1.
///
/// @param categories the share of pictures that hold what the prompt asks for, by category
/// @param questions the share of questions answered word for word
/// @param questionKinds the same by kind of question
/// @param secondsAnAnswer the median time that sampling one took; NaN: none was asked for
/// @param objectPsnr of VQ reconstructions over objects' boxes, in decibels
/// @param judgeOnReconstructions the share of VQ reconstructions in which the judge finds every
///   object, and nothing else
/// @param judgeOnRenderings the same of freshly rendered pictures
public record Scores(
    SequencedMap<Category, Double> categories,
    double questions,
    Map<String, Double> questionKinds,
    double secondsAnAnswer,
    double objectPsnr,
    double judgeOnReconstructions,
    double judgeOnRenderings) {

  /// GenEval's overall score: the mean over the categories.
  public double overall() {
    return categories.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
