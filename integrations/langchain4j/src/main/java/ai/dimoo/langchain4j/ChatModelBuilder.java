package ai.dimoo.langchain4j;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.request.TextSampling;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How answers are sampled, for both chat models. What is not called is left to the model. Not
/// thread-safe.
///
/// @param <B> the builder itself
public abstract sealed class ChatModelBuilder<B extends ChatModelBuilder<B>> extends ModelBuilder<B>
    permits DimooChatModel.Builder, DimooStreamingChatModel.Builder {

  private @Nullable Integer steps;
  private @Nullable Integer genLength;
  private @Nullable Integer blockLength;
  private @Nullable Double temperature;
  private @Nullable Double cfgScale;
  private @Nullable Remasking remasking;
  private @Nullable Long seed;
  private @Nullable CacheSettings cache;
  private List<ChatModelListener> listeners = List.of();

  ChatModelBuilder() {}

  /// Number of denoising steps for the whole answer, a multiple of the number of blocks.
  public B steps(int steps) {
    this.steps = steps;
    return self();
  }

  /// Room for the answer in tokens, a multiple of the block length. A request's `maxOutputTokens`
  /// shortens it.
  public B genLength(int genLength) {
    this.genLength = genLength;
    return self();
  }

  /// The answer is written in blocks of so many tokens, from left to right.
  public B blockLength(int blockLength) {
    this.blockLength = blockLength;
    return self();
  }

  /// Randomness of the choice of tokens, 0 or more; 0 takes the likeliest. A request's own
  /// temperature goes before this one.
  public B temperature(double temperature) {
    this.temperature = temperature;
    return self();
  }

  /// How strongly the answer follows the prompt, 0 or more.
  public B cfgScale(double cfgScale) {
    this.cfgScale = cfgScale;
    return self();
  }

  /// Which of a step's predictions are kept.
  public B remasking(Remasking remasking) {
    this.remasking = remasking;
    return self();
  }

  /// One seed gives one answer; without it a new one is drawn each time.
  public B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /// Uses the max-logit cache.
  public B cache(CacheSettings cache) {
    this.cache = cache;
    return self();
  }

  /// Told of requests, answers and errors.
  public B listeners(List<ChatModelListener> listeners) {
    this.listeners = List.copyOf(listeners);
    return self();
  }

  ChatSettings settings() {
    TextSampling sampling =
        new TextSampling(
            steps, genLength, blockLength, temperature, cfgScale, remasking, seed, cache);
    return new ChatSettings(sampling, listeners);
  }
}
