package ai.dimoo.springai;

import ai.dimoo.error.DimooException;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Wording;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Shows the one line that says what to do, where a model cannot be opened at the start of an
/// application.
class DimooFailureAnalyzer extends AbstractFailureAnalyzer<DimooException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DimooException cause) {
    return new FailureAnalysis(
        cause.in(new PropertyWording()), "Mend that, or change the dimoo.* properties.", cause);
  }

  /// Speaks of properties. Those of the samplers come with their whole names, see {@link
  /// SamplingProperties}; the others are those of {@link DimooProperties}.
  private static final class PropertyWording implements Wording {

    @Override
    public String field(String name) {
      return name.startsWith("dimoo.") ? name : "dimoo." + name;
    }

    @Override
    public String remedy(Remedy remedy) {
      return switch (remedy) {
        case Remedy.Give(String name, String value) -> "set " + field(name) + " to " + value;
        case Remedy.GiveAnother(String name) -> "change " + field(name);
        case Remedy.LeaveOut(String name) -> "leave " + field(name) + " out";
        case Remedy.Download _ -> Wording.LIBRARY.remedy(remedy);
        case Remedy.Plain(String words) -> words;
      };
    }
  }
}
