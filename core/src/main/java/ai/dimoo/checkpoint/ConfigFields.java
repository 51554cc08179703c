package ai.dimoo.checkpoint;

import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a configuration file by their types. Whatever is not as expected is refused in one
/// sentence: the field, what was found, what was expected. Get them from {@link ConfigFile#read},
/// which puts the file before it.
///
/// A field that is `null` counts as absent, as in the files that Python writes. Immutable.
public final class ConfigFields {

  private final ObjectNode json;

  ConfigFields(ObjectNode json) {
    this.json = json;
  }

  /// Refuses a value that does not hold with the others.
  ///
  /// @param found the value as a person would read it
  /// @param expected such as "a multiple of 8"
  /// @throws UserException if it does not hold
  public static void require(boolean holds, String field, Object found, String expected) {
    if (!holds) {
      throw new UserException(
          "%s is %s, expected %s.".formatted(field, Shown.text(found.toString()), expected));
    }
  }

  /// Whether the file says anything of this field.
  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  /// The names of all fields of which the file says anything.
  public List<String> names() {
    return json.propertyNames().stream().filter(this::has).toList();
  }

  /// The fields of an object within; none if it is absent.
  ///
  /// @throws UserException if it is anything but an object
  public ConfigFields within(String field) {
    JsonNode value = json.path(field);
    check(!has(field) || value.isObject(), field, value, "an object");
    return new ConfigFields(
        value instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
  }

  /// A number, a word or a truth value as text.
  ///
  /// @throws UserException if it is anything else
  public String plain(String field) {
    JsonNode value = json.path(field);
    check(value.isValueNode() && !value.isNull(), field, value, "a number, a word, true or false");
    return value.asString();
  }

  /// A whole number that must be there.
  ///
  /// @throws UserException if it is anything but a whole number of at least 1 that an `int` holds
  public int whole(String field) {
    return whole(field, json.path(field));
  }

  /// As [#whole(String)], of a field that may be absent.
  public int whole(String field, int absent) {
    return has(field) ? whole(field) : absent;
  }

  /// A list of such numbers, which must be there.
  ///
  /// @throws UserException if it is no list or holds anything else
  public List<Integer> wholes(String field) {
    JsonNode list = json.path(field);
    check(list.isArray(), field, list, "a list of whole numbers");
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      numbers.add(whole(field + "[" + i + "]", list.get(i)));
    }
    return numbers;
  }

  /// A text.
  ///
  /// @throws UserException if it is anything else
  public String text(String field, String absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = json.path(field);
    check(value.isString(), field, value, "a text");
    return value.stringValue();
  }

  /// Whether the file says nothing in this field: it is absent, or an empty list or object.
  public boolean isEmpty(String field) {
    return !has(field) || json.path(field).isContainer() && json.path(field).isEmpty();
  }

  /// A list of texts; empty if the field is absent.
  ///
  /// @throws UserException if it is no list or holds anything else
  public List<String> texts(String field) {
    return has(field) ? texts(field, json.path(field)) : List.of();
  }

  /// A list of lists of texts; empty if the field is absent.
  ///
  /// @throws UserException if it is no list or holds anything else
  public List<List<String>> textLists(String field) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode list = json.path(field);
    check(list.isArray(), field, list, "a list of lists of texts");
    List<List<String>> lists = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      lists.add(texts(field + "[" + i + "]", list.get(i)));
    }
    return lists;
  }

  private static List<String> texts(String field, JsonNode list) {
    check(list.isArray(), field, list, "a list of texts");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode text = list.get(i);
      check(text.isString(), field + "[" + i + "]", text, "a text");
      texts.add(text.stringValue());
    }
    return texts;
  }

  private static int whole(String field, JsonNode value) {
    boolean holds = value.isInt() && value.intValue() >= 1;
    check(holds, field, value, "a whole number from 1 to " + Integer.MAX_VALUE);
    return value.intValue();
  }

  /// A number of at least 0.
  ///
  /// @throws UserException if it is anything else, or too large for a `double`
  public double number(String field, double absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = json.path(field);
    // not doubleValue(), which throws for a whole number beyond the range
    double number = value.isNumber() ? value.numberValue().doubleValue() : Double.NaN;
    check(number >= 0 && Double.isFinite(number), field, value, "a number of at least 0");
    return number;
  }

  /// @throws UserException if it is neither `true` nor `false`
  public boolean flag(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = json.path(field);
    check(value.isBoolean(), field, value, "true or false");
    return value.booleanValue();
  }

  /// One of an enum's constants, by the name that its `toString` gives.
  ///
  /// @throws UserException if it is anything else
  public <E extends Enum<E>> E choice(String field, E absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = json.path(field);
    List<E> all = Arrays.asList(absent.getDeclaringClass().getEnumConstants());
    return all.stream()
        .filter(constant ->
            value.isString() && value.stringValue().strip().equalsIgnoreCase(constant.toString()))
        .findFirst()
        .orElseThrow(() ->
            refusal(
                field,
                value,
                all.stream()
                    .map(constant -> '"' + constant.toString() + '"')
                    .collect(Collectors.joining(" or "))));
  }

  /// Refuses every value but the supported one; absent is refused too.
  ///
  /// @param supported a text, a whole number or a boolean
  /// @throws UserException if the field has another value
  public void expect(String field, Object supported) {
    expect(field, json.path(field), supported);
  }

  /// As [#expect], of a field whose absence means the supported value.
  public void expectIfPresent(String field, Object supported) {
    if (has(field)) {
      expect(field, supported);
    }
  }

  /// Refuses a list that is not this many times the supported value.
  ///
  /// @throws UserException if the field is anything else
  public void expectTimes(String field, int times, Object supported) {
    JsonNode list = json.path(field);
    boolean holds = list.isArray() && list.size() == times;
    check(holds, field, list, "a list of %d times %s".formatted(times, asJson(supported)));
    for (int i = 0; i < times; i++) {
      expect(field + "[" + i + "]", list.get(i), supported);
    }
  }

  /// Refuses every value, of a field that asks for something we do not compute.
  ///
  /// @throws UserException if the field has a value
  public void expectNone(String field) {
    check(!has(field), field, json.path(field), "null, the only supported value");
  }

  private static void expect(String field, JsonNode value, Object supported) {
    String expected = asJson(supported);
    check(value.toString().equals(expected), field, value, expected + ", the only supported value");
  }

  private static String asJson(Object value) {
    return value instanceof String ? '"' + value.toString() + '"' : value.toString();
  }

  private static void check(boolean holds, String field, JsonNode value, String expected) {
    if (!holds) {
      throw refusal(field, value, expected);
    }
  }

  private static UserException refusal(String field, JsonNode value, String expected) {
    String found = value.isMissingNode() ? "absent" : Shown.text(value.toString());
    return new UserException("%s is %s, expected %s.".formatted(field, found, expected));
  }
}
