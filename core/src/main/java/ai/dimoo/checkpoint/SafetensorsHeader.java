package ai.dimoo.checkpoint;

import ai.dimoo.error.JsonFaults;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON header of a safetensors file and checks everything that it claims, so that no
/// later access can leave the file. Format: https://github.com/huggingface/safetensors#format
///
/// The header is read token by token: whatever does not belong there ends the reading at once,
/// before it can fill the heap.
final class SafetensorsHeader {

  /// The largest header that the format's reference implementation accepts.
  static final long LARGEST = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final int MOST_DIMENSIONS = 64; // LibTorch's own limit
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final long dataBytes;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path file, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
  }

  /// @param json the header's bytes
  /// @param dataBytes the size of the data section that follows it
  static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
    SafetensorsHeader header = new SafetensorsHeader(file, dataBytes);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      header.readObject(parser);
    } catch (JacksonException e) {
      throw header.bad("the header is not valid JSON: " + JsonFaults.reason(e), e);
    }
    header.checkCoverage();
    return header;
  }

  Map<String, TensorInfo> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void readObject(JsonParser p) {
    expect(p.nextToken(), JsonToken.START_OBJECT, "the header");
    while (p.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = p.currentName();
      expect(p.nextToken(), JsonToken.START_OBJECT, "the entry '" + Shown.text(name) + "'");
      if (name.equals(METADATA)) {
        readMetadata(p);
      } else {
        tensors.put(name, readTensor(p, name));
      }
    }
    if (p.nextToken() != null) {
      throw bad("something follows the header's JSON object", null);
    }
  }

  private void readMetadata(JsonParser p) {
    while (p.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = p.currentName();
      expect(p.nextToken(), JsonToken.VALUE_STRING, "the metadata '" + Shown.text(key) + "'");
      metadata.put(key, p.getString());
    }
  }

  private TensorInfo readTensor(JsonParser p, String name) {
    String where = "tensor '" + Shown.text(name) + "': ";
    TensorDtype dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (p.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = p.currentName();
      p.nextToken();
      switch (field) {
        case "dtype" -> dtype = readDtype(p, where);
        case "shape" -> shape = readNumbers(p, where + "shape", MOST_DIMENSIONS);
        case "data_offsets" -> offsets = readNumbers(p, where + "data_offsets", 2);
        default -> throw bad(where + "unknown field '" + Shown.text(field) + "'", null);
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw bad(where + "expected a dtype, a shape and two data_offsets", null);
    }
    TensorInfo info = new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
    checkRange(info, where);
    return info;
  }

  private TensorDtype readDtype(JsonParser p, String where) {
    expect(p.currentToken(), JsonToken.VALUE_STRING, where + "dtype");
    TensorDtype dtype = TensorDtype.ofSpelling(p.getString());
    if (dtype == null) {
      throw bad(
          where
              + "dtype '"
              + Shown.text(p.getString())
              + "' is not supported, expected one of "
              + TensorDtype.spellings(),
          null);
    }
    return dtype;
  }

  private List<Long> readNumbers(JsonParser p, String where, int most) {
    expect(p.currentToken(), JsonToken.START_ARRAY, where);
    List<Long> numbers = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      expect(p.currentToken(), JsonToken.VALUE_NUMBER_INT, where);
      long number = p.getLongValue();
      if (number < 0 || numbers.size() == most) {
        throw bad(where + " must be at most " + most + " numbers of 0 or more", null);
      }
      numbers.add(number);
    }
    return numbers;
  }

  private void checkRange(TensorInfo info, String where) {
    if (info.begin() > info.end() || info.end() > dataBytes) {
      throw bad(
          where
              + "its bytes "
              + info.begin()
              + " to "
              + info.end()
              + " lie outside the "
              + dataBytes
              + " data bytes of the file (is the file complete?)",
          null);
    }
    long expected = bytesOf(info, where);
    if (expected != info.bytes()) {
      throw bad(
          where
              + "shape "
              + info.shape()
              + " of "
              + info.dtype()
              + " needs "
              + expected
              + " bytes, found "
              + info.bytes(),
          null);
    }
  }

  private long bytesOf(TensorInfo info, String where) {
    try {
      long bytes = info.dtype().bytes();
      for (long size : info.shape()) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw bad(where + "shape " + info.shape() + " is larger than any file", e);
    }
  }

  /// The format wants every data byte to belong to exactly one tensor, so that nothing can hide in
  /// a file: tensors neither overlap nor leave holes.
  private void checkCoverage() {
    List<TensorInfo> byPlace = new ArrayList<>(tensors.values());
    byPlace.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long covered = 0;
    for (TensorInfo info : byPlace) {
      if (info.begin() != covered) {
        throw bad(
            "tensor '"
                + Shown.text(info.name())
                + "' begins at data byte "
                + info.begin()
                + (info.begin() < covered
                    ? " and overlaps the tensor before it, which ends at "
                    : ", expected it to follow the tensor before it, which ends at ")
                + covered,
            null);
      }
      covered = info.end();
    }
    if (covered != dataBytes) {
      throw bad("its tensors end at data byte " + covered + ", the file at " + dataBytes, null);
    }
  }

  private void expect(@Nullable JsonToken found, JsonToken expected, String where) {
    if (found != expected) {
      throw bad(where + ": expected " + words(expected) + ", found " + words(found), null);
    }
  }

  private static String words(@Nullable JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> token.asString();
      default -> "the end of it";
    };
  }

  private UserException bad(String what, @Nullable Throwable cause) {
    return new UserException(
        file + " is not a usable safetensors file: " + what + ". Fetch or export it again.", cause);
  }
}
