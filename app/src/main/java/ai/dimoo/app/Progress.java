package ai.dimoo.app;

/// Shows how far a long task is. Used by one thread at a time; close it when the task ends.
interface Progress extends AutoCloseable {

  /// @param done units done so far, from 0 to the total
  /// @param note what else to say about this moment, or an empty string
  void at(long done, String note);

  @Override
  void close();
}
