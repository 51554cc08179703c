package ai.dimoo.error;

/// One thing that a user can do about a {@link Fault}. Each front end has its own words for it, see
/// {@link Wording}.
public sealed interface Remedy {

  /// Give a field a certain value.
  ///
  /// @param field its name in JSON
  /// @param value what to give, such as `cpu`
  record Give(String field, String value) implements Remedy {}

  /// Give a field another value.
  ///
  /// @param field its name in JSON
  record GiveAnother(String field) implements Remedy {}

  /// Leave a field out.
  ///
  /// @param field its name in JSON
  record LeaveOut(String field) implements Remedy {}

  /// Download a checkpoint.
  ///
  /// @param repository `organisation/name`, or `<repo>` where it is not known
  record Download(String repository) implements Remedy {}

  /// What every front end says alike.
  ///
  /// @param words without a capital and without a full stop
  record Plain(String words) implements Remedy {}

  /// Give a field a certain value.
  static Remedy give(String field, String value) {
    return new Give(field, value);
  }

  /// Give a field another value.
  static Remedy giveAnother(String field) {
    return new GiveAnother(field);
  }

  /// Leave a field out.
  static Remedy leaveOut(String field) {
    return new LeaveOut(field);
  }

  /// Download a checkpoint whose name is not known here.
  static Remedy download() {
    return new Download("<repo>");
  }

  /// Download this one.
  static Remedy download(String repository) {
    return new Download(repository);
  }

  /// What every front end says alike.
  ///
  /// @param words without a capital and without a full stop
  static Remedy plain(String words) {
    return new Plain(words);
  }
}
