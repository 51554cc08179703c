package ai.dimoo;

/// Follows the requests of a list, and may end them. Several may be under way: it is called on
/// several threads at the same time, each of which waits. Do not call the {@link Dimoo} from
/// within.
public interface PicturesListener {

  /// Follows nothing.
  PicturesListener NONE = new PicturesListener() {};

  /// A step of a request is done. What this throws ends all and reaches the caller.
  ///
  /// @param request its place in the list
  default void onStep(int request, Step step) {}

  /// A picture is made. What this throws ends all and reaches the caller.
  ///
  /// @param request its place in the list
  default void onPicture(int request, GeneratedPicture picture) {}

  /// Asked before every step: true ends all with a {@link
  /// java.util.concurrent.CancellationException}.
  default boolean cancelled() {
    return false;
  }
}
