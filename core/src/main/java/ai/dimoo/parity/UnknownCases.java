package ai.dimoo.parity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Recordings that no group checks: they fail, so that nothing is passed over in silence.
public final class UnknownCases implements ParityCases {

  private static final Set<String> TASKS =
      Set.of("t2i", "i2i", "mmu", "t2i_correction", "t2i_shortcut");

  private static final List<String> FILES =
      List.of("forward", "vq", "training", "metrics", "shortcut");

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    Set<String> known = new TreeSet<>(FILES);
    folder
        .json("cases.json")
        .properties()
        .forEach(entry -> {
          known.add(entry.getKey());
          String task = entry.getValue().path("task").asString("");
          if (!TASKS.contains(task)) {
            report.add(
                ParityResult.failure(
                    entry.getKey(), "no check is known for the task '" + task + "'"));
          }
        });
    for (String file : folder.list("")) {
      boolean checked =
          known.contains(file.replaceFirst("\\.safetensors$", ""))
              || RandomNumberCases.FILE.matcher(file).matches();
      if (file.endsWith(".safetensors") && !checked) {
        report.add(ParityResult.failure(file, "no check is known for this file"));
      }
    }
  }
}
