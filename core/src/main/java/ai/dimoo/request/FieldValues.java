package ai.dimoo.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which values a field takes. Immutable.
///
/// @param <T> the type of a value
public sealed interface FieldValues<T> {

  /// The type of a value.
  Class<T> type();

  /// What a user may type, such as `a number of at least 0`.
  String expected();

  /// Whether the field takes a value.
  boolean allows(T value);

  /// A value as files, forms and command lines spell it; `toString` is the other way round.
  ///
  /// @throws IllegalArgumentException if it cannot be read, whether or not it is allowed
  T parse(String text);

  /// Whole numbers.
  ///
  /// @param least the smallest
  record Whole(int least) implements FieldValues<Integer> {

    @Override
    public Class<Integer> type() {
      return Integer.class;
    }

    @Override
    public String expected() {
      return "a whole number of at least " + least;
    }

    @Override
    public boolean allows(Integer value) {
      return value >= least;
    }

    @Override
    public Integer parse(String text) {
      return Integer.valueOf(text.strip());
    }
  }

  /// Numbers from 0 on.
  ///
  /// @param most the largest; infinite: any
  record Number(double most) implements FieldValues<Double> {

    @Override
    public Class<Double> type() {
      return Double.class;
    }

    @Override
    public String expected() {
      return Double.isInfinite(most)
          ? "a number of at least 0"
          : "a number from 0 to " + Math.round(most);
    }

    @Override
    public boolean allows(Double value) {
      return value >= 0 && value <= most && !value.isInfinite();
    }

    @Override
    public Double parse(String text) {
      return Double.valueOf(text.strip());
    }
  }

  /// Seeds: −1 stands for a new one each time.
  record Seed() implements FieldValues<Long> {

    @Override
    public Class<Long> type() {
      return Long.class;
    }

    @Override
    public String expected() {
      return "a whole number from 0 to " + Long.MAX_VALUE + ", or -1 for a new one";
    }

    @Override
    public boolean allows(Long value) {
      return value >= -1;
    }

    @Override
    public Long parse(String text) {
      return Long.valueOf(text.strip());
    }
  }

  /// Yes or no.
  record Flag() implements FieldValues<Boolean> {

    @Override
    public Class<Boolean> type() {
      return Boolean.class;
    }

    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public boolean allows(Boolean value) {
      return true;
    }

    @Override
    public Boolean parse(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "1" -> true;
        case "false", "0", "" -> false;
        default -> throw new IllegalArgumentException(text + " is neither true nor false");
      };
    }
  }

  /// One of some words.
  ///
  /// @param type whose `toString` gives the words
  record Choice<E extends Enum<E>>(Class<E> type) implements FieldValues<E> {

    /// The words.
    public List<String> words() {
      return Arrays.stream(type.getEnumConstants()).map(E::toString).toList();
    }

    @Override
    public String expected() {
      return words().stream().collect(Collectors.joining(" or "));
    }

    @Override
    public boolean allows(E value) {
      return true;
    }

    @Override
    public E parse(String text) {
      String word = text.strip().toLowerCase(Locale.ROOT);
      return Arrays.stream(type.getEnumConstants())
          .filter(value -> value.toString().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("there is no " + word));
    }
  }
}
