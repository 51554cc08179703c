package ai.dimoo;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Path;

/// A process of its own that uses a native library, so that a test can say where it is unpacked.
final class NativeUse {

  private NativeUse() {}

  public static void main(String[] args) {
    for (String library : args[0].split(",")) {
      try {
        switch (library) {
          case "webp" -> ImageFiles.encodeWebp(ImageFiles.read(Path.of(args[1], "it.webp")), 80);
          case "tokenizer" -> TextTokenizer.open(Path.of(args[1])).close();
          default -> TorchRuntime.load();
        }
        System.out.println(library + " is loaded");
      } catch (EnvironmentException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
