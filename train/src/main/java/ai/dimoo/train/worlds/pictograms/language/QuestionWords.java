package ai.dimoo.train.worlds.pictograms.language;

/// A language in which facts are asked and answered.
sealed interface QuestionWords permits EnglishQuestions, ChineseQuestions {

  /// One of the wordings of a question.
  String question(Fact fact);

  /// The one right answer.
  String answer(Fact fact);
}
