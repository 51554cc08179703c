package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a request, wherever the client put them: at the top level, in an object
/// `extra_body`, or in stable-diffusion.cpp's `<sd_cpp_extra_args>` within the prompt. Numbers and
/// booleans may be strings, as they are in forms. What is not asked for is ignored.
public final class Fields {

  private static final String EXTRA_BODY = "extra_body";
  private static final String EXTRA_START = "<sd_cpp_extra_args>";
  private static final String EXTRA_END = "</sd_cpp_extra_args>";

  /// Far more than any request of ours has; a tree of millions of nodes would fill the heap.
  private static final int MOST_TOKENS = 100_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE) // the body's size is limited already
                          .maxNestingDepth(64)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .build();

  private final ObjectNode values;

  private Fields(ObjectNode values) {
    this.values = values;
  }

  /// The fields of a JSON body.
  ///
  /// @throws Refusal if it is not a JSON object
  public static Fields of(byte[] body) {
    return of(object(body, "The body"));
  }

  /// The fields of an object.
  public static Fields of(ObjectNode object) {
    ObjectNode values = object.deepCopy();
    merge(values, values.get(EXTRA_BODY));
    if (values.get("prompt") instanceof JsonNode prompt && prompt.isString()) {
      String text = prompt.stringValue();
      int start = text.indexOf(EXTRA_START);
      int end = text.indexOf(EXTRA_END);
      if (start >= 0 && end > start) {
        String extra = text.substring(start + EXTRA_START.length(), end);
        merge(values, object(extra.getBytes(StandardCharsets.UTF_8), EXTRA_START));
        values.put(
            "prompt",
            (text.substring(0, start) + text.substring(end + EXTRA_END.length())).strip());
      }
    }
    return new Fields(values);
  }

  /// A JSON object.
  ///
  /// @param name what messages call it
  static ObjectNode object(byte[] json, String name) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw Refusal.badRequest(null, name + " is not a JSON object; send one with a prompt.");
    } catch (JacksonException e) {
      String reason = Optional.ofNullable(e.getOriginalMessage()).orElse("malformed");
      throw Refusal.badRequest(null, "%s is not valid JSON: %s.".formatted(name, inWords(reason)));
    }
  }

  /// The first line of Jackson's message, without the names of its methods.
  private static String inWords(String reason) {
    return reason.lines().findFirst().orElse("").replaceAll(", from `[^`]*`", "");
  }

  /// What the top level says stays.
  private static void merge(ObjectNode values, @Nullable JsonNode extra) {
    if (extra instanceof ObjectNode object) {
      object.properties().forEach(field -> values.putIfAbsent(field.getKey(), field.getValue()));
    }
  }

  /// The same, changed.
  public Fields changed(Consumer<ObjectNode> change) {
    ObjectNode copy = values.deepCopy();
    change.accept(copy);
    return of(copy);
  }

  /// The field of the first of these names that is there and not null.
  public @Nullable JsonNode node(String... names) {
    for (String name : names) {
      JsonNode node = values.get(name);
      if (node != null && !node.isNull()) {
        return node;
      }
    }
    return null;
  }

  /// A text; null if it is not there.
  public @Nullable String text(String name) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      throw wrong(name, node, "a string");
    }
    return node.stringValue();
  }

  /// One of some words, whatever their case; the first if it is not there.
  public String word(String name, List<String> words) {
    String text = text(name);
    if (text == null) {
      return words.getFirst();
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw Refusal.badRequest(
          name,
          "%s is \"%s\"; choose one of %s.".formatted(name, shown(text), String.join(", ", words)));
    }
    return word;
  }

  /// A whole number of a range, by the first of these names that is there; null if none is.
  public @Nullable Integer integer(int least, int most, String... names) {
    Long number = integer((long) least, (long) most, names);
    return number == null ? null : Math.toIntExact(number);
  }

  /// The same with a larger range.
  public @Nullable Long integer(long least, long most, String... names) {
    JsonNode node = node(names);
    if (node == null) {
      return null;
    }
    String expected = "a whole number from %d to %d".formatted(least, most);
    try {
      long number =
          node.isString()
              ? Long.parseLong(node.stringValue().strip())
              : node.decimalValue().longValueExact();
      if (number < least || number > most) {
        throw wrong(named(names), node, expected);
      }
      return number;
    } catch (NumberFormatException | ArithmeticException | JacksonException e) {
      throw wrong(named(names), node, expected);
    }
  }

  /// A number from 0 on, by the first of these names that is there; null if none is.
  public @Nullable Double number(double most, String... names) {
    JsonNode node = node(names);
    if (node == null) {
      return null;
    }
    try {
      double number =
          node.isString()
              ? Double.parseDouble(node.stringValue().strip())
              : node.decimalValue().doubleValue();
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException | JacksonException e) {
      // said below
    }
    throw wrong(named(names), node, "a number from 0 to " + most);
  }

  /// Yes or no; null if it is not there.
  public @Nullable Boolean flag(String name) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isString()) {
      switch (node.stringValue().strip().toLowerCase(Locale.ROOT)) {
        case "true", "1" -> {
          return true;
        }
        case "false", "0", "" -> {
          return false;
        }
        default -> {}
      }
    }
    throw wrong(name, node, "true or false");
  }

  /// Objects of a list; none if it is not there.
  public List<JsonNode> list(String name) {
    JsonNode node = node(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw wrong(name, node, "a list");
    }
    List<JsonNode> items = new ArrayList<>();
    node.forEach(items::add);
    return items;
  }

  /// The same without these fields.
  public Fields without(String... names) {
    return new Fields(values.deepCopy().remove(Arrays.asList(names)));
  }

  /// Whole numbers, as a list or as text with commas between; null if it is not there.
  ///
  /// @param example what to send, for the message
  public @Nullable List<Integer> integers(String name, int count, String example) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> texts.add(item.isString() ? item.stringValue() : item.toString()));
    } else if (node.isString()) {
      texts.addAll(List.of(node.stringValue().split(",", -1)));
    }
    try {
      List<Integer> numbers = texts.stream().map(text -> Integer.valueOf(text.strip())).toList();
      if (numbers.size() == count) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, node, example);
  }

  /// The name that the client used.
  private String named(String... names) {
    for (String name : names) {
      if (node(name) != null) {
        return name;
      }
    }
    return names[0];
  }

  private static Refusal wrong(String name, JsonNode found, String expected) {
    return Refusal.badRequest(
        name, "%s is %s; expected %s.".formatted(name, shown(found.toString()), expected));
  }

  /// The beginning of what a client sent, on one line.
  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }

  /// The same for equal fields.
  @Override
  public String toString() {
    return values.toString();
  }
}
