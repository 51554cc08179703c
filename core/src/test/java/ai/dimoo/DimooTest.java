package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.CodeGrid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests to results, on a model of random weights.
class DimooTest {

  @TempDir static Path folder;
  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = Dimoo.open(TinyModel.write(folder.resolve("tiny")), TinyModel.OPTIONS);
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  private static TextToImage.Builder circle() {
    return TextToImage.of("a red circle");
  }

  @Test
  void picturesHaveTheModelsSizeAndSettingsUnlessTheRequestSaysOtherwise() {
    GeneratedPicture plain = dimoo.generate(circle().seed(3).build());
    GeneratedPicture other =
        dimoo.generate(circle().size(48, 16).timesteps(2).cfgScale(0).seed(3).build());

    assertThat(plain.picture().size()).isEqualTo(new Size(TinyModel.SIDE, TinyModel.SIDE));
    assertThat(plain.recipe().settings().timesteps()).isEqualTo(TinyModel.TIMESTEPS);
    assertThat(plain.recipe().settings().cfgScale()).isEqualTo(1.5);
    assertThat(Arrays.stream(plain.codes().codes()))
        .allMatch(code -> code >= 0 && code < TinyModel.CODES);
    assertThat(other.picture().size()).isEqualTo(new Size(48, 16));
    assertThat(other.codes().rows()).isEqualTo(2);
    assertThat(other.recipe().settings().timesteps()).isEqualTo(2);
  }

  @Test
  void oneSeedGivesOnePictureAndZeroIsASeedLikeAnyOther() {
    GeneratedPicture zero = dimoo.generate(circle().seed(0).build());
    GeneratedPicture again = dimoo.generate(circle().seed(0).build());
    GeneratedPicture one = dimoo.generate(circle().seed(1).build());

    assertThat(again.picture()).isEqualTo(zero.picture());
    assertThat(again.codes()).isEqualTo(zero.codes());
    assertThat(one.codes()).isNotEqualTo(zero.codes());
    assertThat(zero.seed()).isZero();
  }

  @Test
  void aSeedThatIsNotGivenIsDrawnAndMakesThePictureAgain() {
    GeneratedPicture first = dimoo.generate(circle().build());
    GeneratedPicture again = dimoo.generate(circle().seed(first.seed()).build());

    assertThat(again.picture()).isEqualTo(first.picture());
    assertThat(dimoo.generate(circle().build()).seed()).isNotEqualTo(first.seed());
  }

  @Test
  void theListenerSeesEveryStepAndThePictureAsItForms() {
    List<PictureStep> steps = new ArrayList<>();
    List<Picture> previews = new ArrayList<>();
    GeneratedPicture result =
        dimoo.generate(
            circle().seed(5).build(),
            step -> {
              PictureStep picture = (PictureStep) step;
              steps.add(picture);
              previews.add(picture.picture());
            });

    assertThat(steps).extracting(PictureStep::step).containsExactly(1, 2, 3, 4);
    assertThat(steps).extracting(PictureStep::steps).containsOnly(TinyModel.TIMESTEPS);
    assertThat(steps.getLast().masked()).isZero();
    for (PictureStep step : steps) {
      assertThat(Arrays.stream(step.codes().codes()))
          .filteredOn(code -> code == CodeGrid.MASKED)
          .hasSize(step.masked());
    }
    assertThat(steps.getFirst().masked()).isPositive();
    int masked = indexOf(steps.getFirst().codes().codes(), CodeGrid.MASKED);
    int x = masked % 4 * TinyModel.FACTOR;
    int y = masked / 4 * TinyModel.FACTOR;
    assertThat(previews.getFirst().rgb(x, y)).isEqualTo(0x7f7f7f);
    assertThat(previews.getLast()).isEqualTo(result.picture());
  }

  private static int indexOf(int[] values, int wanted) {
    int i = 0;
    while (values[i] != wanted) {
      i++;
    }
    return i;
  }

  @Test
  void aListenerCancels() {
    List<Step> steps = new ArrayList<>();
    ProgressListener stopsAfterTwo =
        new ProgressListener() {
          @Override
          public void onStep(Step step) {
            steps.add(step);
          }

          @Override
          public boolean cancelled() {
            return steps.size() == 2;
          }
        };

    assertThatThrownBy(() -> dimoo.generate(circle().build(), stopsAfterTwo))
        .isInstanceOf(CancellationException.class);
    assertThat(steps).hasSize(2);
    assertThat(dimoo.generate(circle().seed(0).build()).seed()).isZero(); // and goes on working
  }

  @Test
  void interruptingTheCallerGivesItsRequestUp() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        new Thread(() -> {
          try {
            dimoo.generate(
                circle().build(),
                step -> {
                  underWay.countDown();
                  await(interrupted);
                });
          } catch (CancellationException e) {
            interrupted.countDown();
          }
        });
    caller.start();
    underWay.await();
    caller.interrupt();
    caller.join();

    assertThat(interrupted.getCount()).isZero();
  }

  // the engine's thread is interrupted too: then it goes on to its next look at `cancelled`
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void requestsFromVirtualThreadsGiveWhatTheyGiveAlone()
      throws InterruptedException, ExecutionException {
    List<GeneratedPicture> alone = new ArrayList<>();
    List<Future<GeneratedPicture>> together = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      alone.add(dimoo.generate(circle().seed(seed).build()));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int seed = 0; seed < 4; seed++) {
        TextToImage request = circle().seed(seed).build();
        together.add(threads.submit(() -> dimoo.generate(request)));
      }
    }

    for (int seed = 0; seed < 4; seed++) {
      assertThat(together.get(seed).get().picture()).isEqualTo(alone.get(seed).picture());
    }
  }

  @Test
  void theRecipeInThePngMakesThePictureAgain() {
    Path file = folder.resolve("recipe.png");
    CacheSettings cache = new CacheSettings(0.5, 0.25, 2);
    GeneratedPicture first =
        dimoo.generate(TextToImage.of("grün \"und\" 蓝\nzwei Zeilen").seed(7).cache(cache).build());
    first.writePng(file);

    Recipe recipe = Recipe.ofTexts(ImageFiles.textOf(file), "recipe.png");
    assertThat(recipe).isEqualTo(first.recipe());
    ImageRequest request = recipe.request(Recipe.Inputs.NONE);
    assertThat(dimoo.generate(request).picture()).isEqualTo(ImageFiles.read(file));
    assertThat(PictureCodes.in(file, first.picture())).isEqualTo(first.pictureCodes());
  }

  @Test
  void whatDoesNotSuitTheModelIsOneLine() {
    refused(circle().width(33).build(), "33", "multiple of 8", "32 or 40");
    refused(circle().size(8, 0).build(), "height is 0", "1 pixel or more");
    refused(circle().size(1 << 20, 1 << 20).build(), "too large", "1024x1024");
    refused(TextToImage.of("word ".repeat(3000)).build(), "prompt", "shorten");
  }

  private static void refused(ImageRequest request, String... parts) {
    assertThatThrownBy(() -> dimoo.generate(request))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContainingAll(parts);
  }

  @Test
  void aListGivesWhatItsRequestsGiveAloneInTheirOrder() {
    List<TextToImage> requests =
        List.of(
            circle().seed(1).build(),
            circle().seed(2).size(48, 16).timesteps(2).build(),
            circle().seed(3).cfgScale(0).cache(CacheSettings.DEFAULT).build(),
            TextToImage.of("a longer sentence about a blue square").seed(1).build());
    Map<Integer, Integer> steps = new ConcurrentHashMap<>();
    Map<Integer, GeneratedPicture> made = new ConcurrentHashMap<>();
    PicturesListener listener =
        new PicturesListener() {
          @Override
          public void onStep(int request, Step step) {
            steps.merge(request, 1, Integer::sum);
          }

          @Override
          public void onPicture(int request, GeneratedPicture picture) {
            made.put(request, picture);
          }
        };

    List<GeneratedPicture> together;
    try (Dimoo other = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS.withSideBySide(3))) {
      together = other.generate(requests, listener);
    }

    assertThat(steps).isEqualTo(Map.of(0, 4, 1, 2, 2, 4, 3, 4));
    assertThat(made).hasSize(4);
    for (int i = 0; i < requests.size(); i++) {
      GeneratedPicture alone = dimoo.generate(requests.get(i));
      assertThat(together.get(i)).isEqualTo(made.get(i));
      assertThat(together.get(i).picture()).isEqualTo(alone.picture());
      assertThat(together.get(i).codes()).isEqualTo(alone.codes());
      assertThat(together.get(i).recipe()).isEqualTo(alone.recipe());
      assertThat(dimoo.recipe(requests.get(i))).isEqualTo(alone.recipe());
    }
    assertThat(dimoo.generate(List.<TextToImage>of())).isEmpty();
  }

  @Test
  void requestsOfSeveralThreadsAreComputedAtTheSameTimeAsIfAlone() throws Exception {
    TextToImage one = circle().seed(1).build();
    TextToImage another = circle().seed(2).build();
    CyclicBarrier both = new CyclicBarrier(2); // one alone would wait in vain
    ProgressListener meeting =
        step -> {
          try {
            both.await(60, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    AtomicReference<GeneratedPicture> beside = new AtomicReference<>();
    try (Dimoo other = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS.withSideBySide(2))) {
      Thread caller = new Thread(() -> beside.set(other.generate(another, meeting)));
      caller.start();
      GeneratedPicture made = other.generate(one, meeting);
      caller.join();

      assertThat(other.sideBySide()).isEqualTo(2);
      assertThat(made.picture()).isEqualTo(dimoo.generate(one).picture());
      assertThat(beside.get().picture()).isEqualTo(dimoo.generate(another).picture());
    }
  }

  @Test
  void aListWithABadRequestIsRefusedBeforeAnyIsMade() {
    List<Step> steps = new ArrayList<>();
    List<TextToImage> requests = List.of(circle().build(), circle().width(33).build());

    assertThatThrownBy(() -> dimoo.generate(requests, adding(steps)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Request 2: ")
        .hasMessageContaining("multiple of 8");
    assertThat(steps).isEmpty();
    assertThatThrownBy(() -> dimoo.recipe(requests.getLast()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("multiple of 8");
  }

  private static PicturesListener adding(List<Step> steps) {
    return new PicturesListener() {
      @Override
      public void onStep(int request, Step step) {
        steps.add(step);
      }
    };
  }

  @Test
  void whatAListenerThrowsEndsTheWholeList() {
    AtomicInteger made = new AtomicInteger();
    PicturesListener fails =
        new PicturesListener() {
          @Override
          public void onPicture(int request, GeneratedPicture picture) {
            made.incrementAndGet();
            throw new UserException("the disk is gone");
          }
        };
    List<TextToImage> requests = Collections.nCopies(20, circle().build());
    try (Dimoo other = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS.withSideBySide(2))) {
      assertThatThrownBy(() -> other.generate(requests, fails))
          .isInstanceOf(UserException.class)
          .hasMessageMatching("Request \\d+: the disk is gone");
      assertThat(made.get()).isLessThanOrEqualTo(2);
      assertThat(other.generate(circle().seed(0).build()).seed()).isZero(); // and goes on working
    }
  }

  @Test
  void closingWaitsForAListUnderWay() throws Exception {
    Dimoo other = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS.withSideBySide(2));
    CountDownLatch underWay = new CountDownLatch(1);
    List<GeneratedPicture> made = new ArrayList<>();
    Thread caller =
        new Thread(() ->
            made.addAll(
                other.generate(
                    List.of(circle().seed(1).build(), circle().seed(2).build()),
                    new PicturesListener() {
                      @Override
                      public void onStep(int request, Step step) {
                        underWay.countDown();
                      }
                    })));
    caller.start();
    underWay.await();
    other.close();
    caller.join();

    assertThat(made).extracting(GeneratedPicture::seed).containsExactly(1L, 2L);
  }

  @Test
  void aShortcutNetworkTakesStepsWhereTheModelHasOne() {
    Path with = TinyModel.write(folder.resolve("shortcut/tiny"));
    TinyModel.writeShortcut(with);
    TextToImage few = circle().fullSteps(2).seed(3).build();
    try (Dimoo other = Dimoo.open(with, TinyModel.OPTIONS)) {
      GeneratedPicture made = other.generate(few);

      assertThat(made.recipe().settings().fullSteps()).isEqualTo(2);
      assertThat(other.generate(few).codes()).isEqualTo(made.codes());
      assertThat(other.generate(circle().seed(3).build()).codes()).isNotEqualTo(made.codes());
    }
    refused(few, "has no shortcut network", "fullSteps");
  }

  @Test
  void anotherModelHasAnotherFingerprint() {
    try (Dimoo other =
        Dimoo.open(TinyModel.write(folder.resolve("other/tiny"), 2), TinyModel.OPTIONS)) {
      assertThat(other.model().name()).isEqualTo(dimoo.model().name());
      assertThat(other.model().fingerprint()).isNotEqualTo(dimoo.model().fingerprint());
      assertThat(other.generate(circle().seed(0).build()).codes())
          .isNotEqualTo(dimoo.generate(circle().seed(0).build()).codes());
    }
  }

  @Test
  void anInterruptedThreadClosesAModelToo() {
    Dimoo other = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS);
    Thread.currentThread().interrupt();
    other.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> other.generate(circle().build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedModelRefusesRequests() {
    Dimoo closed = Dimoo.open(folder.resolve("tiny"), TinyModel.OPTIONS);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.generate(circle().build()))
        .isInstanceOf(IllegalStateException.class);
  }
}
