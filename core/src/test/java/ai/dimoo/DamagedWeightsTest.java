package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.request.Ask;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights that are not numbers give no grey picture and no empty answer, but a line that says so.
class DamagedWeightsTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() {
    TinyModel.write(folder);
  }

  /// Makes all weights of a safetensors file NaN: in each format all bits but the sign.
  private void damage(String name) throws IOException {
    byte[] file = Files.readAllBytes(folder.resolve(name));
    int header = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    Arrays.fill(file, Long.BYTES + header, file.length, (byte) 0xff);
    Files.write(folder.resolve(name), file);
  }

  @Test
  void damageInTheTransformerIsSaid() throws IOException {
    damage("model.safetensors");
    try (Dimoo dimoo = Dimoo.open(folder, TinyModel.OPTIONS)) {
      refused(
          () -> dimoo.generate(TextToImage.of("a circle").seed(1).build()),
          "In the transformer's logits there are numbers that are not finite."
              + " Give another dtype, or check the model's files: download them again.");
      refused(
          () -> dimoo.ask(Ask.of("What?").image(Pictures.of(32, 32, 0)).build()),
          "In the transformer's logits there are numbers that are not finite."
              + " Give another dtype, or check the model's files: download them again.");
    }
  }

  /// A single number, that of the last image code's first input: every other logit is as it was.
  @Test
  void damageInTheHeadAloneIsSaid() throws IOException {
    Path weights = folder.resolve("model.safetensors");
    byte[] file = Files.readAllBytes(weights);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong());
    String tensors = new String(file, Long.BYTES, header, StandardCharsets.UTF_8);
    Matcher head =
        Pattern.compile(
                "\"%s\":\\{[^}]*\"shape\":\\[(\\d+),(\\d+)][^}]*\"data_offsets\":\\[(\\d+),(\\d+)]"
                    .formatted(Pattern.quote(TensorNames.HEAD)))
            .matcher(tensors);
    assertThat(head.find()).isTrue();
    int end = Long.BYTES + header + Integer.parseInt(head.group(4));
    int row =
        (Integer.parseInt(head.group(4)) - Integer.parseInt(head.group(3)))
            / Integer.parseInt(head.group(1));
    int number = row / Integer.parseInt(head.group(2));
    Arrays.fill(file, end - row, end - row + number, (byte) 0xff);
    Files.write(weights, file);
    try (Dimoo dimoo = Dimoo.open(folder, TinyModel.OPTIONS)) {
      refused(
          () -> dimoo.generate(TextToImage.of("a circle").seed(1).build()),
          "In the transformer's logits there are numbers that are not finite."
              + " Give another dtype, or check the model's files: download them again.");
    }
  }

  @Test
  void damageInTheVqModelIsSaid() throws IOException {
    damage("vqvae/diffusion_pytorch_model.safetensors");
    try (Dimoo dimoo = Dimoo.open(folder, TinyModel.OPTIONS)) {
      refused(
          () -> dimoo.generate(TextToImage.of("a circle").seed(1).build()),
          "In the VQ decoder's pixels there are numbers that are not finite."
              + " Give another dtype, or check the model's files: download them again.");
      refused(
          () -> dimoo.ask(Ask.of("What?").image(Pictures.of(32, 32, 0)).build()),
          "In the VQ encoder's features there are numbers that are not finite."
              + " Give another dtype, or check the model's files: download them again.");
    }
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(EnvironmentException.class).hasMessage(message);
  }
}
