package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Wording;
import ai.dimoo.server.exchange.HttpWording;
import org.junit.jupiter.api.Test;

/// One fault, in the words of each front end.
class WordingTest {

  private static final Fault FAULT =
      Fault.value("cfg_scale", -1, "a number of at least 0")
          .mend(Remedy.give("device", "cpu"))
          .mend(Remedy.giveAnother("model"));

  @Test
  void theCommandLineSpeaksOfOptions() {
    assertThat(FAULT.in(CommandWording.INSTANCE))
        .isEqualTo(
            "--cfg-scale is -1, expected a number of at least 0."
                + " Give --device cpu, or give another --model.");
  }

  @Test
  void httpSpeaksOfFields() {
    assertThat(FAULT.in(HttpWording.INSTANCE))
        .isEqualTo(
            "cfg_scale is -1, expected a number of at least 0."
                + " Send cpu as device, or send another model.");
  }

  @Test
  void theLibrarySpeaksOfMethods() {
    assertThat(FAULT.in(Wording.LIBRARY))
        .isEqualTo(
            "cfgScale is -1, expected a number of at least 0."
                + " Set device to cpu, or give another model.");
  }
}
