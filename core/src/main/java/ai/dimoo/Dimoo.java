package ai.dimoo;

import ai.dimoo.RequestEncoder.Question;
import ai.dimoo.Timings.Stopwatch;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Conversation;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.ModelIdentity;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Request;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.EngineThreads;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An opened Lumina-DiMOO model: draws pictures from sentences, changes pictures, answers questions
/// about them.
///
/// ```java
/// try (Dimoo dimoo = Dimoo.open(Path.of("models/pocket"))) {
///   GeneratedPicture result =
///       dimoo.generate(TextToImage.of("a fox to the left of a pizza").seed(7).build());
///   result.writePng(Path.of("fox.png"));
/// }
/// ```
///
/// Thread-safe, virtual threads included: requests begin in the order in which they come, on
/// platform threads that belong to this object, {@link #sideBySide} at the same time. What a
/// request makes does not depend on the others. A thread that is interrupted while it waits gives
/// its request up. Whoever opened it closes it.
///
/// Whatever is computed can fail in four ways: with {@link ai.dimoo.error.UserException} if the
/// request does not suit this model, {@link ai.dimoo.error.EnvironmentException} if the machine
/// cannot (no memory), {@link CancellationException} if a listener or an interrupt of the waiting
/// thread ended it, {@link IllegalStateException} if this is closed or a listener of a request
/// calls it.
public final class Dimoo implements AutoCloseable {

  private static final String THREADS = "dimoo"; // their name

  private final EngineThreads engine;
  private final LoadedModel model;
  private final @Nullable Dimoo base; // whose engine it is
  private final AtomicBoolean closed = new AtomicBoolean();

  private Dimoo(EngineThreads engine, LoadedModel model, @Nullable Dimoo base) {
    this.engine = engine;
    this.model = model;
    this.base = base;
  }

  /// Opens the checkpoint in a folder, with what suits this machine.
  ///
  /// @throws ai.dimoo.error.UserException if it is missing or not usable
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public static Dimoo open(Path directory) {
    return open(directory, ModelOptions.DEFAULT);
  }

  /// Opens the checkpoint in a folder.
  ///
  /// @throws ai.dimoo.error.UserException if it is missing or not usable, or the device is not
  ///   there
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public static Dimoo open(Path directory, ModelOptions options) {
    return open(() -> LoadedModel.open(directory, options));
  }

  static Dimoo open(Callable<LoadedModel> loading) {
    TorchRuntime.loadAhead(); // while the small files are read
    EngineThread first = new EngineThread(THREADS);
    try {
      LoadedModel model = first.call(() -> unlessInterrupted(loading.call()));
      EngineThreads engine = new EngineThreads(first, THREADS, model.sideBySide, model.threads);
      return new Dimoo(engine, model, null);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
  }

  /// Looks whether the checkpoint in a folder can be opened: its files, the device, the memory of
  /// the machine, the adapters. The weights are not read.
  ///
  /// @param also adapters that must be usable besides those of the options
  /// @return what opens it, to be closed by the caller
  /// @throws ai.dimoo.error.UserException if it is missing or not usable, or the device is not
  ///   there
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public static CheckedModel check(Path directory, ModelOptions options, List<AdapterChoice> also) {
    TorchRuntime.loadAhead(); // while the small files are read
    try (EngineThread engine = new EngineThread("check")) {
      return engine.call(() -> new CheckedModel(directory, options, also));
    }
  }

  private static LoadedModel unlessInterrupted(LoadedModel model) {
    if (Thread.interrupted()) { // nobody waits for it any more
      model.close();
      throw new CancellationException("loading was cancelled");
    }
    return model;
  }

  /// This model with adapters, in addition to those that it was opened with. What it makes is what
  /// a model that is opened with {@link ModelOptions#withAdapters} makes, bit for bit, but the
  /// weights are in memory once: the two share them, and the threads on which requests are
  /// computed. Only the adapters' matrices are added. Waits for requests under way.
  ///
  /// ```java
  /// try (Dimoo stars = dimoo.withAdapters(List.of(new AdapterChoice(Path.of("stars"), 1)))) {
  ///   stars.generate(request); // with the adapter
  ///   dimoo.generate(request); // without
  /// }
  /// ```
  ///
  /// @param adapters one on top of the other; an adapter's folder must stay as it is until it is
  ///   closed
  /// @return to be closed by the caller, before this; closing this closes it
  /// @throws ai.dimoo.error.UserException if an adapter is missing, not usable or of another model
  public Dimoo withAdapters(List<AdapterChoice> adapters) {
    List<AdapterChoice> more = List.copyOf(adapters);
    return new Dimoo(
        engine, computeAlone(() -> unlessInterrupted(new LoadedModel(model, more))), this);
  }

  private <T> T compute(Callable<T> task) {
    return engine.call(whileOpen(task));
  }

  private <T> T computeAlone(Callable<T> task) {
    return engine.callAlone(whileOpen(task));
  }

  private <T> Callable<T> whileOpen(Callable<T> task) {
    return () -> {
      model.requireOpen();
      return task.call();
    };
  }

  /// Makes a picture.
  public GeneratedPicture generate(ImageRequest request) {
    return generate(request, ProgressListener.NONE);
  }

  /// Makes a picture, step by step before the eyes of a listener.
  public GeneratedPicture generate(ImageRequest request, ProgressListener listener) {
    return compute(() -> new PictureMaker(model).make(request, listener));
  }

  /// Makes pictures.
  ///
  /// @return one for each request, in their order
  /// @throws ai.dimoo.error.UserException if a request does not suit this model; the message begins
  ///   with which one, counted from 1. All are looked at before any is made
  public List<GeneratedPicture> generate(List<? extends ImageRequest> requests) {
    return generate(requests, PicturesListener.NONE);
  }

  /// Makes pictures, {@link #sideBySide} at the same time, step by step before the eyes of
  /// listeners. The list is one request, beside which no other is computed.
  ///
  /// @param listeners the listener of each request, by its place in the list; one that throws or
  ///   cancels ends all
  /// @return one for each request, in their order
  /// @throws ai.dimoo.error.UserException if a request does not suit this model; the message begins
  ///   with which one, counted from 1. All are looked at before any is made
  public List<GeneratedPicture> generate(
      List<? extends ImageRequest> requests, PicturesListener listener) {
    List<ImageRequest> all = List.copyOf(requests);
    return computeAlone(() -> new PictureMaker(model).make(all, listener));
  }

  /// What the recipe of a request's picture will be: the settings with the model's defaults filled
  /// in, and a seed drawn if the request has none. Computed as a request is.
  public Recipe recipe(ImageRequest request) {
    return compute(() -> new PictureMaker(model).recipe(request));
  }

  /// Answers a question about pictures.
  public Answer ask(Ask request) {
    return ask(request, ProgressListener.NONE);
  }

  /// Answers a question about pictures, step by step before the eyes of a listener.
  public Answer ask(Ask request, ProgressListener listener) {
    return compute(() -> askHere(request, listener));
  }

  private Answer askHere(Ask request, ProgressListener listener) {
    Stopwatch watch = new Stopwatch();
    Question question = new RequestEncoder(model).encode(request);
    TokenSequence sequence = question.sequence();
    Duration encode = watch.lap();
    try (MemoryRoom.Held memory =
        model.hold(model.work(sequence, question.settings()), listener::cancelled)) {
      TokenIds answered =
          model.sampler.sample(
              sequence,
              question.settings(),
              new StepListening(
                  listener,
                  step ->
                      new AnswerStep(
                          step.step(),
                          step.steps(),
                          step.masked(),
                          () -> model.prompts.answerText(sequence, step.tokens()),
                          () -> model.prompts.settledText(sequence, step.tokens()))));
      Duration sample = watch.lap();

      String text = model.prompts.answerText(sequence, answered);
      Timings timings = new Timings(encode, sample, watch.lap());
      return new Answer(
          text,
          sequence.text().answer(answered, model.special).toArray(),
          sequence.text().start(),
          question.settings(),
          model.identity,
          timings,
          Stream.concat(model.notes(request).stream(), question.notes().stream()).toList());
    }
  }

  /// The one question that the model reads of a talk: what was said last. It was trained on single
  /// questions; {@link Conversation#notes} says what of the talk it is not given. Does not wait for
  /// requests under way.
  ///
  /// @throws ai.dimoo.error.UserException if the question is too long
  public String question(Conversation<?> conversation) {
    String question = conversation.question().text();
    int tokens = model.prompts.questionTokens(question);
    int room = model.defaults.maxPromptTokens();
    if (tokens > room) {
      throw new UserException(
          Fault.of("The question has %d tokens; at most %d are taken.".formatted(tokens, room))
              .in("messages")
              .mend(Remedy.plain("shorten it")));
    }
    return question;
  }

  /// One line for people where the model is not computed as one would expect, since it does not fit
  /// or the processor cannot: how it is, and why. Empty where there is nothing to say.
  public Optional<String> notice() {
    return Optional.ofNullable(model.notice);
  }

  /// Which model this is, and in what it computes.
  public ModelIdentity model() {
    return model.identity;
  }

  /// What it can do and what it knows, as far as its folder says.
  public Knowledge knowledge() {
    return model.knowledge;
  }

  /// What of a request lies beyond what the model knows: a task or size that it was not trained
  /// for, words that it was never taught; and what of the request's pictures it does not see.
  /// Sentences for the user, which the result has too. Does not wait for requests under way.
  ///
  /// @throws ai.dimoo.error.UserException if a picture to paint in is smaller than a token, or one
  ///   to crop or to pad is too elongated for it
  public List<String> notes(Request request) {
    return model.notes(request);
  }

  /// The size at which a picture is sampled; it is resized where that is not the size asked for.
  /// Does not wait for requests under way.
  ///
  /// @throws ai.dimoo.error.UserException if the size is refused
  public Size sampledSize(TextToImage request) {
    return model.sizes.sampled(request);
  }

  /// How it samples where a request does not say.
  public ModelDefaults defaults() {
    return model.defaults;
  }

  /// How many requests are computed at the same time: {@link ModelOptions#withSideBySide}, or what
  /// suits the machine.
  public int sideBySide() {
    return model.sideBySide;
  }

  /// Pixels, along each side, that one token stands for: sizes are multiples of it.
  public int pixelsPerToken() {
    return model.codec.factor();
  }

  /// Waits for the requests under way, then frees the model, or what adapters added to it. Does
  /// nothing the second time, or after the model was closed that this has adapters for.
  ///
  /// @throws IllegalStateException if a listener of a request calls it
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true) || base != null && base.closed.get()) {
      return;
    }
    boolean interrupted = Thread.interrupted(); // it must not keep the model from being freed
    try {
      engine.callAlone(() -> {
        model.close();
        return true;
      });
    } finally {
      if (base == null) {
        engine.close();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
