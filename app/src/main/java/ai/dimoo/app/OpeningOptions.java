package ai.dimoo.app;

import ai.dimoo.CheckedModel;
import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.UserException;
import ai.dimoo.hub.HubCache;
import ai.dimoo.hub.HubSettings;
import ai.dimoo.request.ModelIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model computes, on what, and in which number format.
final class OpeningOptions {

  private static final String POCKET = "pocket"; // the name of the model that comes along

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A checkpoint's folder, or the name of one that `dimoo download` fetched, such as"
              + " Alpha-VLLM/Lumina-DiMOO (default: the pocket model that comes with dimoo).")
  @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Where to compute: auto, cpu, cuda, cuda:1 or mps (default: auto, which is cuda if there"
              + " is one, else cpu).")
  @Nullable String device;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Number format: bfloat16 or float32; int8 or int4 for weights in 8 or 4 bits and the rest"
              + " in one of the others (default: bfloat16 where the hardware has it, else float32,"
              + " and weights as they are stored).")
  @Nullable String dtype;

  @Option(
      names = "--lora",
      paramLabel = "DIR[:SCALE]",
      description =
          "An adapter in the files of Hugging Face's PEFT, and how much of it: 1 as it was trained,"
              + " the default. May be given several times; their changes add up (default: no"
              + " adapter).")
  List<String> adapters = List.of();

  /// The checkpoint's folder.
  Path directory() {
    return locate(model);
  }

  /// The folder of the model that is called so; null stands for the one that comes with this
  /// program, and so does its name where no folder has it. The launcher says where that is.
  static Path locate(@Nullable String model) {
    boolean ours = model == null || model.equals(POCKET) && !Files.isDirectory(Path.of(POCKET));
    return ours
        ? Path.of(System.getProperty("dimoo.home", ""), "models", POCKET)
        : cache().locate(model);
  }

  /// The folder of the model that made a picture, if it is one of the cache's and no other is asked
  /// for; else that of the options.
  private Path directory(@Nullable ModelIdentity like) {
    if (model == null && like != null) {
      String[] repository = like.name().split("@", 2);
      if (repository.length == 2) {
        return cache()
            .find(repository[0], repository[1])
            .orElseThrow(() ->
                new UserException(
                    "The picture was made by %s, which is not in the cache: fetch it with dimoo download %s --revision %s, or give another with --model."
                        .formatted(like.name(), repository[0], repository[1])));
      }
    }
    return directory();
  }

  private static HubCache cache() {
    return new HubCache(HubSettings.fromEnvironment(System.getenv()).cache());
  }

  /// Opens the model.
  ///
  /// @param like what made a picture that is to be made again, and on what, where the options do
  ///   not say; null: there is none
  /// @param terminal is told where the model does not fit into memory as it is computed fastest
  /// @throws UserException if it is not to be found
  Dimoo open(@Nullable ModelIdentity like, Terminal terminal) {
    Dimoo dimoo = Dimoo.open(directory(like), options(like));
    dimoo.notice().ifPresent(terminal.err()::println);
    return dimoo;
  }

  /// Looks at the model before it is opened for a server.
  ///
  /// @param batch requests that it computes at the same time; 0: as many as suit the machine
  /// @param also adapters that must be usable besides those of the options
  /// @throws UserException if it is not to be found or not usable
  CheckedModel check(int batch, List<AdapterChoice> also) {
    return Dimoo.check(directory(), options().withSideBySide(batch), also);
  }

  /// On what the model computes, and how.
  ModelOptions options() {
    return options(null);
  }

  private ModelOptions options(@Nullable ModelIdentity like) {
    String wantedDevice = device != null || like == null ? device : like.device();
    String wantedDtype = dtype != null || like == null ? dtype : like.dtype();
    ModelOptions options = ModelOptions.DEFAULT;
    if (wantedDevice != null) {
      options = options.withDevice(wantedDevice);
    }
    if (wantedDtype != null) {
      options = options.withFormat(wantedDtype);
    }
    return options.withAdapters(adapters.stream().map(AdapterChoice::parse).toList());
  }
}
