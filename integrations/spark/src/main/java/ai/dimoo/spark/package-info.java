/// The library's work as operations of Spark's DataFrames, for more rows than one machine does:
///
/// - {@link ai.dimoo.spark.GeneratePictures}: pictures from sentences, and from pictures
/// - {@link ai.dimoo.spark.AskQuestions}: answers about pictures
/// - {@link ai.dimoo.spark.PrepareRecords}: training data as tokens, {@link
///   ai.dimoo.spark.RecordFolder} the files for training
/// - {@link ai.dimoo.spark.ScoreResults}: pictures and answers by what they should be
/// - {@link ai.dimoo.spark.SparkModel}: where every machine finds the model, and on what it
///   computes
/// - {@link ai.dimoo.spark.ResultFolder}: results in files, which a job that was killed goes on
///   with
/// - {@link ai.dimoo.spark.DrawPictures}: a job for `spark-submit`
@NullMarked
package ai.dimoo.spark;

import org.jspecify.annotations.NullMarked;
