package ai.dimoo.train.data;

/// A record that cannot be used.
///
/// @param place where it was found
/// @param reason one sentence
public record Rejected(String place, String reason) {

  @Override
  public String toString() {
    return place + ": " + reason;
  }
}
