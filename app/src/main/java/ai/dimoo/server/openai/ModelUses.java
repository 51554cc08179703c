package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;

/// Counts who uses a model: it is freed when it is offered no more and nobody uses it any more.
/// Thread-safe.
public final class ModelUses {

  private final Runnable free;
  private int uses = 1; // the first is the offer

  /// A use of the model, which is there as long as this is not closed.
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  private ModelUses(Runnable free) {
    this.free = free;
  }

  /// Of a model that its owner frees, when it is not used any more.
  public static ModelUses ofOwner() {
    return new ModelUses(() -> {});
  }

  /// Of a model that is offered.
  ///
  /// @param free is called once, by whoever ends the last use
  static ModelUses freeing(Runnable free) {
    return new ModelUses(free);
  }

  /// Begins a use.
  ///
  /// @throws Refusal if the model is gone
  public synchronized Use begin() {
    if (uses == 0) {
      throw Refusal.of(404, "model_not_found", "The adapter has been unloaded.");
    }
    uses++;
    return this::end;
  }

  /// Ends a use, or the offer.
  void end() {
    boolean last;
    synchronized (this) {
      last = --uses == 0;
    }
    if (last) {
      free.run();
    }
  }
}
