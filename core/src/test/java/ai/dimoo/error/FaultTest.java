package ai.dimoo.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {

  @Test
  void theLibrarySpeaksOfItsMethods() {
    UserException e =
        new UserException(
            Fault.value("cfg_img", -1.5, "a number of at least 0")
                .mend(Remedy.leaveOut("cfg_img")));

    assertThat(e)
        .hasMessage("cfgImage is -1.5, expected a number of at least 0. Leave cfgImage out.");
    assertThat(e.fault().field()).isEqualTo("cfg_img");
    assertThat(e.fault().found()).isEqualTo("-1.5");
    assertThat(e.fault().expected()).isEqualTo("a number of at least 0");
  }

  @Test
  void severalRemediesAreOneSentence() {
    Fault fault =
        Fault.of("No folder x.").mend(Remedy.download()).mend(Remedy.giveAnother("model"));

    assertThat(fault.in(Wording.LIBRARY))
        .isEqualTo("No folder x. Run `dimoo download <repo>`, or give another model.");
  }

  @Test
  void whatAUserTypedStaysOnOneLine() {
    assertThat(Fault.value("noise", "a\nb", "reference or exact").in(Wording.LIBRARY))
        .isEqualTo("noise is a?b, expected reference or exact.");
  }
}
