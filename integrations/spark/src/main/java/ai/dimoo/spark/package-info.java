/// The library's work as operations of Spark's DataFrames, for more rows than one machine does:
///
/// - {@link ai.dimoo.spark.GeneratePictures}: pictures from sentences, and from pictures
/// - {@link ai.dimoo.spark.SparkModel}: where every machine finds the model, and on what it
///   computes
/// - {@link ai.dimoo.spark.ResultFolder}: results in files, which a job that was killed goes on
///   with
@NullMarked
package ai.dimoo.spark;

import org.jspecify.annotations.NullMarked;
