package ai.dimoo.springai;

import ai.dimoo.error.DimooException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Shows the one line that says what to do, where a model cannot be opened at the start of an
/// application.
class DimooFailureAnalyzer extends AbstractFailureAnalyzer<DimooException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DimooException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Mend that, or change the dimoo.* properties.", cause);
  }
}
