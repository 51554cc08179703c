package ai.dimoo;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.Adapters;
import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.request.ModelIdentity;
import ai.dimoo.torch.TorchDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tells models apart by their files.
final class ModelFingerprint {

  /// `…/models--ORGANISATION--NAME/snapshots/COMMIT`
  private static final Pattern HUB_SNAPSHOT =
      Pattern.compile("models--(.+?)--(.+)/snapshots/([0-9a-f]+)$");

  /// Of each weight file the fingerprint takes its size and this many samples, evenly spread from
  /// its beginning to its end: other weights in any layer show, and a large model opens fast.
  private static final int SAMPLES = 16;

  private static final int SAMPLE = 1 << 20;

  /// What is taken whole: what the weights' numbers and the prompt's tokens mean.
  private static final List<String> WHOLE =
      List.of(
          Checkpoint.CONFIG,
          Checkpoint.TOKENIZER,
          Checkpoint.VQ_DIRECTORY + "/" + Checkpoint.CONFIG);

  private ModelFingerprint() {}

  /// @param directory the checkpoint's
  /// @param files its own fingerprint, see {@link #of}
  /// @param adapters in use: another model, with its own name and fingerprint
  /// @param format the number format by its name
  static ModelIdentity identify(
      Path directory,
      String files,
      List<AdapterChoice> adapters,
      TorchDevice device,
      String format) {
    Path folder = directory.toAbsolutePath().normalize();
    return new ModelIdentity(
        nameOf(folder) + Adapters.suffix(adapters),
        adapters.isEmpty() ? files : with(adapters, files),
        device.name(),
        format);
  }

  private static String with(List<AdapterChoice> adapters, String files) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(files.getBytes(StandardCharsets.US_ASCII));
    try {
      for (AdapterChoice adapter : adapters) {
        fingerprint.add(Double.doubleToLongBits(adapter.scale()));
        for (Path file : LoraAdapter.files(adapter.folder())) {
          addSamples(fingerprint, file);
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read an adapter: " + FileFaults.reason(e) + ".", e);
    }
    return fingerprint.hex();
  }

  private static String nameOf(Path folder) {
    Matcher hub = HUB_SNAPSHOT.matcher(folder.toString().replace('\\', '/'));
    if (hub.find()) {
      return hub.group(1) + "/" + hub.group(2) + "@" + hub.group(3);
    }
    return folder.getFileName() == null ? folder.toString() : folder.getFileName().toString();
  }

  /// @param folder holds all files of a checkpoint
  static String of(Path folder) {
    Fingerprint fingerprint = new Fingerprint();
    try {
      for (String name : WHOLE) {
        byte[] content = Files.readAllBytes(folder.resolve(name));
        fingerprint.add(content.length).add(content);
      }
      for (Path part : List.of(folder, folder.resolve(Checkpoint.VQ_DIRECTORY))) {
        for (Path file : weightFiles(part)) {
          addSamples(fingerprint, file);
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the checkpoint in " + folder + ": " + FileFaults.reason(e) + ".", e);
    }
    return fingerprint.hex();
  }

  private static List<Path> weightFiles(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(ModelFingerprint::holdsWeights).sorted().toList();
    }
  }

  private static boolean holdsWeights(Path file) {
    return file.toString().endsWith(".safetensors") || file.endsWith(Checkpoint.PUBLISHED_SHORTCUT);
  }

  private static void addSamples(Fingerprint fingerprint, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      fingerprint.add(size);
      long samples = Math.clamp(Math.ceilDiv(size, SAMPLE), 1, SAMPLES);
      int length = (int) Math.min(size, SAMPLE);
      for (int i = 0; i < samples; i++) {
        long from = samples == 1 ? 0 : (size - length) * i / (samples - 1);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
          // until it is full or the file ends
        }
        fingerprint.add(bytes.array());
      }
    }
  }
}
