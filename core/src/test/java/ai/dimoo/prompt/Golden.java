package ai.dimoo.prompt;

import ai.dimoo.sequence.SpecialTokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden data of the reference: JSON files and the 64-bit integer tensors of safetensors files.
public final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  public static Path file(String name) {
    return FOLDER.resolve(name);
  }

  public static SpecialTokens layout() {
    return SpecialTokenReader.ofLayout(file("layout.json"));
  }

  public static JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file(name)));
  }

  public static int[] integers(String file, String tensor) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(file + ".safetensors")));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(bytes.getLong())];
    bytes.get(header);
    JsonNode place =
        JsonMapper.shared().readTree(new String(header, StandardCharsets.UTF_8)).path(tensor);
    if (!place.path("dtype").asString("").equals("I64")) {
      throw new IOException(file + " has no I64 tensor " + tensor);
    }
    int from = 8 + header.length + place.path("data_offsets").path(0).asInt();
    int to = 8 + header.length + place.path("data_offsets").path(1).asInt();
    int[] values = new int[(to - from) / 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(bytes.getLong(from + 8 * i));
    }
    return values;
  }
}
