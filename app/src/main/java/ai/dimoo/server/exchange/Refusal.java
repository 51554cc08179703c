package ai.dimoo.server.exchange;

import ai.dimoo.error.UserException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Why a request gets no result: an HTTP status and one line that says what to do.
///
/// Thrown anywhere within a request; {@link ai.dimoo.server.openai.ErrorAnswers} writes it.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;

  private Refusal(
      int status, String code, @Nullable String field, String message, @Nullable Duration retry) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfter = retry;
  }

  /// Something in the request to mend: 400.
  ///
  /// @param field the field of the request that is wrong, null if it is not one
  public static Refusal badRequest(@Nullable String field, String message) {
    return new Refusal(400, "invalid_value", field, message, null);
  }

  /// The same under a code of its own.
  ///
  /// @param code a word for programs
  public static Refusal badRequest(String field, String code, String message) {
    return new Refusal(400, code, field, message, null);
  }

  /// What the library says against a request.
  ///
  /// @param field the field that is wrong if the library names none; null: none
  public static Refusal of(UserException e, @Nullable String field) {
    String named = e.fault().field();
    return badRequest(named == null ? field : named, e.in(HttpWording.INSTANCE));
  }

  /// A value of a field; what the library says against it names the field.
  ///
  /// @throws Refusal if making the value throws a {@link UserException}
  public static <T> T naming(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (UserException e) {
      throw of(e, field);
    }
  }

  /// Another status.
  ///
  /// @param code a word for programs, such as `model_not_found`
  public static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, null, message, null);
  }

  /// The client has gone: nobody reads the answer. (The status is nginx's.)
  public static Refusal abandoned() {
    return of(499, "abandoned", "The client closed the connection.");
  }

  /// The body was not there in time.
  public static Refusal late() {
    return of(408, "timeout", "The request did not come in time.");
  }

  /// To be tried again later.
  public static Refusal later(int status, String code, String message, Duration after) {
    return new Refusal(status, code, null, message, after);
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// A word for programs.
  public String code() {
    return code;
  }

  /// The field of the request that is wrong.
  public @Nullable String field() {
    return field;
  }

  /// When to try again.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
