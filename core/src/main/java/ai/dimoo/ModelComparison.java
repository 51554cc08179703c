package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.diffusion.DecodingListener;
import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.SecondOpinion;
import ai.dimoo.diffusion.SequenceInput;
import ai.dimoo.diffusion.SequenceOutput;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.SquaredError;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.OwnedParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Two models side by side, or one in two number formats: at each step of a picture that the first
/// draws, what the second would have decided of the same tokens with the same random numbers; and
/// the picture that the second draws for itself.
///
/// Both sample as the first model's defaults and the request say, every step computed in full: no
/// cache, no shortcuts. Thread-safe as {@link Dimoo} is. Whoever opened it closes it.
public final class ModelComparison implements AutoCloseable {

  private final EngineThread engine = new EngineThread("compare");
  private final OwnedParts opened = new OwnedParts();
  private final LoadedModel first;
  private final LoadedModel second;

  /// Opens both.
  ///
  /// @throws UserException if one is missing or not usable, or they do not read the same tokens
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public ModelComparison(
      Path first, ModelOptions firstOptions, Path second, ModelOptions secondOptions) {
    try {
      this.first = engine.call(() -> opened.own(LoadedModel.open(first, firstOptions)));
      this.second = engine.call(() -> opened.own(LoadedModel.open(second, secondOptions)));
      if (!this.first.special.equals(this.second.special)
          || this.first.codec.factor() != this.second.codec.factor()) {
        throw other("They have other tokens");
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// Compares the pictures of some requests.
  ///
  /// @param onStep called after each step, on the thread that computes; what it throws ends all
  /// @throws UserException if a request does not suit one of the models, or they read it
  ///   differently
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no memory
  public Comparison compare(List<TextToImage> requests, Runnable onStep) {
    List<ComparedPicture> pictures = new ArrayList<>();
    int timesteps = 0;
    for (TextToImage request : requests) {
      PictureSequence read = engine.call(() -> read(request));
      timesteps = read.settings().timesteps();
      pictures.add(engine.call(() -> compare(request, read, onStep)));
    }
    return new Comparison(first.identity, second.identity, timesteps, pictures);
  }

  /// How many times `onStep` is called for a request: once for each step of either run.
  public int steps(TextToImage request) {
    return 2 * engine.call(() -> read(request)).settings().timesteps();
  }

  private PictureSequence read(TextToImage request) {
    PictureSequence read = new RequestEncoder(first).encode(request);
    TextToImage sized =
        request.withSize(
            first.sizes.sampled(request).width(), first.sizes.sampled(request).height());
    if (!new RequestEncoder(second).encode(sized).sequence().equals(read.sequence())) {
      throw other("They read the prompt '%s' differently".formatted(request.prompt()));
    }
    return read;
  }

  private static UserException other(String how) {
    return new UserException(
        Fault.of(how + ", so that their steps cannot be compared.")
            .mend(Remedy.plain("give two models of one family, such as a model and its copy")));
  }

  private ComparedPicture compare(TextToImage request, PictureSequence read, Runnable onStep) {
    TokenSequence sequence = read.sequence();
    ImageSamplerSettings settings = read.settings().toBuilder().cache(null).fullSteps(0).build();
    ImageSpan image = sequence.image();
    int codes = image.rows() * image.columns();
    Work work = first.work(sequence, settings);
    first.requireMemory(work);
    second.requireMemory(work);
    try (SecondOpinion opinion =
        new SecondOpinion(second.sampler.model(), second.special, sequence, settings)) {
      CodeGrid a = sample(first, sequence, settings, followed(opinion, onStep));
      CodeGrid b = sample(second, sequence, settings, step -> onStep.run());
      int otherCodes = 0;
      for (int i = 0; i < codes; i++) {
        otherCodes += a.codes()[i] == b.codes()[i] ? 0 : 1;
      }
      return new ComparedPicture(
          request.prompt(),
          settings.seed(),
          opinion.agreement(),
          codes,
          otherCodes,
          SquaredError.of(first.codec.decode(a), second.codec.decode(b)));
    }
  }

  private static CodeGrid sample(
      LoadedModel model,
      TokenSequence sequence,
      ImageSamplerSettings settings,
      DecodingListener listener) {
    TokenIds drawn = model.sampler.sample(sequence, settings, listener);
    return sequence.image().codes(drawn, model.special);
  }

  private static DecodingListener followed(SecondOpinion opinion, Runnable onStep) {
    return new DecodingListener() {
      @Override
      public void onOutputs(List<SequenceInput> inputs, List<SequenceOutput> outputs) {
        opinion.onOutputs(inputs, outputs);
      }

      @Override
      public void onStep(DecodingStep step) {
        opinion.onStep(step);
        onStep.run();
      }
    };
  }

  @Override
  public void close() {
    try {
      engine.call(() -> {
        opened.close();
        return true;
      });
    } finally {
      engine.close();
    }
  }
}
