package ai.dimoo.train.bench;

/// Follows a measurement, and may end it by throwing. Called on the measuring thread.
public interface BenchListener {

  /// Something else is measured from now on.
  void onPhase(String phase);

  /// Called before every piece of work, outside what is timed.
  void onWork();
}
