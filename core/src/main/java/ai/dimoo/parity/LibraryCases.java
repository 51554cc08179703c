package ai.dimoo.parity;

import java.util.List;

/// The groups of cases that the library itself is compared by.
public final class LibraryCases {

  /// Forward passes, the VQ model, random numbers, every step of the samplers, prompts, picture
  /// preparation.
  public static final List<ParityCases> ALL =
      List.of(
          new ForwardCases(),
          new VqCases(),
          new RandomNumberCases(),
          new ImageSamplingCases(),
          new TextSamplingCases(),
          new ShortcutCases(),
          new PromptCases(),
          new PictureCases());

  private LibraryCases() {}
}
