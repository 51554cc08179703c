package ai.dimoo.server.openai;

import ai.dimoo.error.JsonFaults;
import ai.dimoo.server.exchange.Refusal;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a request, wherever the client put them: at the top level or in an object
/// `extra_body`. Numbers and booleans may be strings, as they are in forms. What nobody asks for
/// would have no effect: {@link #requireAllRead} refuses it. Not thread-safe.
public final class Fields {

  private static final String EXTRA_BODY = "extra_body";

  /// Far more than any request of ours has; a tree of millions of nodes would fill the heap.
  private static final int MOST_TOKENS = 100_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE) // the body's size is limited already
                          .maxNestingDepth(64)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .build();

  private final ObjectNode values;
  private final Set<String> known;

  private Fields(ObjectNode values, Set<String> known) {
    this.values = values;
    this.known = known;
  }

  /// The fields of a request's JSON body.
  ///
  /// @throws Refusal if it is a form, or not a JSON object
  static Fields of(Context context) {
    return of(object(context));
  }

  /// The fields of an object.
  public static Fields of(ObjectNode object) {
    ObjectNode values = object.deepCopy();
    JsonNode extra = values.remove(EXTRA_BODY);
    if (extra instanceof ObjectNode more) {
      more.properties().forEach(field -> values.putIfAbsent(field.getKey(), field.getValue()));
    } else if (extra != null && !extra.isNull()) {
      throw wrong(EXTRA_BODY, extra, "an object of fields");
    }
    return new Fields(values, new TreeSet<>());
  }

  /// A request's body as a JSON object.
  ///
  /// @throws Refusal if it is a form, or none
  public static ObjectNode object(Context context) {
    if (isForm(context)) {
      throw Refusal.of(
          415,
          "unsupported_media_type",
          "Content-Type is multipart/form-data, and this path takes no form: send application/json.");
    }
    return object(context.bodyAsBytes(), "The body");
  }

  /// Whether a request's body is a multipart form.
  static boolean isForm(Context context) {
    String type = context.contentType();
    return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  /// A JSON object.
  ///
  /// @param name what messages call it
  static ObjectNode object(byte[] json, String name) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw Refusal.badRequest(
          null,
          name + " is not a JSON object: put the fields into {…}, such as {\"name\": value}.");
    } catch (JacksonException e) {
      throw Refusal.badRequest(
          null, "%s is not valid JSON: %s.".formatted(name, JsonFaults.reason(e)));
    }
  }

  /// The same, changed. What was read of these counts as read of those too.
  public Fields changed(Consumer<ObjectNode> change) {
    ObjectNode copy = values.deepCopy();
    change.accept(copy);
    return new Fields(copy, known);
  }

  /// Counts fields as read: somebody else saw to them.
  void readElsewhere(String... names) {
    known.addAll(Arrays.asList(names));
  }

  /// Refuses fields that nobody read.
  ///
  /// @param meaningless fields of OpenAI's that may come and mean nothing here
  /// @param within what the fields stand in, with a dot, for messages; empty: the request
  /// @return those of `meaningless` that came
  /// @throws Refusal if there is a field that was not read
  List<String> requireAllRead(List<String> meaningless, String within) {
    List<String> came = new ArrayList<>();
    for (String name : values.propertyNames()) {
      if (known.contains(name) || values.get(name).isNull()) {
        continue;
      }
      if (!meaningless.contains(name)) {
        String field = within + shown(name);
        throw Refusal.badRequest(
            field,
            "There is no field %s here: %s."
                .formatted(
                    field,
                    Spelling.nearest(name, known)
                        .map(near -> "did you mean " + within + near + "?" + " Else leave it out")
                        .orElse("leave it out")));
      }
      came.add(name);
    }
    return came;
  }

  /// The field of the first of these names that is there and not null.
  public @Nullable JsonNode node(String... names) {
    known.addAll(Arrays.asList(names));
    JsonNode found = null;
    for (String name : names) {
      JsonNode node = values.get(name);
      if (node == null || node.isNull()) {
        continue;
      }
      if (found != null && !found.asString("").equals(node.asString(""))) {
        throw wrong(name, node, "the same as in %s, %s".formatted(names[0], found));
      }
      found = found == null ? node : found;
    }
    return found;
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
    throw wrong(named(names), node, "a number from 0 to " + plain(most));
  }

  /// `1`, not `1.0`.
  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
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
    return new Fields(values.deepCopy().remove(Arrays.asList(names)), known);
  }

  /// The fields of an object among these; none if it is not there.
  ///
  /// @throws Refusal if it is no object
  public Fields within(String name) {
    JsonNode node = node(name);
    if (node != null && !node.isObject()) {
      throw wrong(name, node, "an object");
    }
    ObjectNode inner = node instanceof ObjectNode object ? object : JSON.createObjectNode();
    return new Fields(inner, new TreeSet<>());
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

  /// The beginning of a value, as it stands in JSON.
  static String shown(JsonNode value) {
    return value.isMissingNode() ? "missing" : shown(value.toString());
  }

  /// The beginning of what a client sent, on one line.
  static String shown(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }

  /// The same for equal fields.
  @Override
  public String toString() {
    return values.toString();
  }
}
