package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.TensorInfo;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.request.Ask;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    int header = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    TensorInfo head;
    try (SafetensorsFile tensors = SafetensorsFile.open(weights)) {
      head = tensors.info(TensorNames.HEAD);
    }
    int row = Math.toIntExact(Long.BYTES + header + head.end() - head.bytes() / head.sizes()[0]);
    int number = Math.toIntExact(head.bytes() / head.elements());
    Arrays.fill(file, row, row + number, (byte) 0xff);
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
