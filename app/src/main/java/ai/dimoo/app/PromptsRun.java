package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.LockFile;
import ai.dimoo.request.Recipe;
import ai.dimoo.server.openai.UsualFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes the pictures of a file of prompts that are not there yet.
///
/// @param terminal where to say how far it is
/// @param model which model
/// @param usual what holds for lines that do not say otherwise
/// @param folder where the pictures are to lie
record PromptsRun(Terminal terminal, OpeningOptions model, UsualFields usual, Path folder) {

  /// Held while pictures are made, so that no two runs make the same.
  private static final String LOCK = ".dimoo.lock";

  /// Pictures that are in memory at the same time at most.
  private static final int AT_ONCE = 64;

  private static final double NANOS = 1e9;

  void make(Path prompts) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserException(
          "%s is a file; with --prompts, -o takes a folder for the pictures.".formatted(folder));
    }
    PromptsFile file = PromptsFile.read(prompts);
    terminal.stop().check();
    try (Dimoo dimoo = model.open(null, terminal)) {
      PromptsPlan plan = new PromptsPlan(dimoo, usual, folder, terminal);
      List<PlannedPicture> pictures = plan.of(file);
      plan.notes().forEach(note -> terminal.err().println("note: " + note));
      try (LockFile lock = lock()) {
        make(pictures, dimoo);
      }
    }
  }

  private LockFile lock() {
    try {
      LockFile lock = LockFile.tryTake(folder.resolve(LOCK));
      if (lock == null) {
        throw new UserException(
            "Another run makes pictures in %s: wait for it, or give another folder."
                .formatted(folder));
      }
      return lock;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write into %s: %s. Choose another place.".formatted(folder, FileFaults.reason(e)),
          e);
    }
  }

  private void make(List<PlannedPicture> pictures, Dimoo dimoo) {
    long start = System.nanoTime();
    Manifest manifest = Manifest.in(folder);
    Map<PlannedPicture, Recipe> made = new LinkedHashMap<>();
    pictures.stream().filter(p -> p.found() != null).forEach(p -> made.put(p, p.found()));
    int there = made.size();
    manifest.write(pictures, made);
    List<PlannedPicture> left = pictures.stream().filter(p -> p.found() == null).toList();
    try (PromptsProgress progress = new PromptsProgress(terminal, manifest, made, left)) {
      for (int from = 0; from < left.size(); from += AT_ONCE) {
        List<PlannedPicture> some = left.subList(from, Math.min(from + AT_ONCE, left.size()));
        progress.begin(some);
        dimoo.generate(some.stream().map(PlannedPicture::request).toList(), progress);
      }
    }
    manifest.write(pictures, made);
    report(left.size(), there, (System.nanoTime() - start) / NANOS);
  }

  private void report(int made, int there, double seconds) {
    terminal
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%d %s made%s, %.1f s",
                made,
                made == 1 ? "picture" : "pictures",
                there == 0 ? "" : ", " + there + " were there",
                seconds));
  }
}
