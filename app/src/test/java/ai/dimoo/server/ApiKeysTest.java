package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.error.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

  private static final String A = "aaaaaaaaaaaaaaaa";
  private static final String B = "bbbbbbbbbbbbbbbb";

  @TempDir private Path folder;

  @Test
  void fileHasNamesCommentsAndEmptyLines() throws IOException {
    ApiKeys keys = ApiKeys.ofFile(file("# who may ask\n\n alice : " + A + " \n" + B + "\n"));

    assertThat(keys.count()).isEqualTo(2);
    assertThat(keys.nameOf(A)).isEqualTo("alice");
    assertThat(keys.nameOf(B)).isEqualTo("key2");
    assertThat(keys.nameOf(A + B)).isNull();
    assertThat(keys.nameOf("")).isNull();
  }

  @Test
  void fileMayBeginWithAByteOrderMarkAndHasToBeUtf8() throws IOException {
    assertThat(ApiKeys.ofFile(file("\uFEFF" + A)).nameOf(A)).isEqualTo("key1");

    Path latin = folder.resolve("latin");
    Files.writeString(latin, "# K\u00e4the\n" + A, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ApiKeys.ofFile(latin))
        .hasMessage("Cannot read the keys in %s: it is not text in UTF-8.".formatted(latin));
  }

  @Test
  void variableHasKeysBetweenCommas() {
    ApiKeys keys = ApiKeys.ofList(A + ", bob:" + B, "DIMOO_API_KEYS");

    assertThat(keys.nameOf(A)).isEqualTo("key1");
    assertThat(keys.nameOf(B)).isEqualTo("bob");
  }

  @Test
  void messagesNameThePlaceAndNeverTheKey() throws IOException {
    assertRefused("alice:tooshort", "line 1", "12 ASCII characters");
    assertRefused("# x\nalice:" + A + " secret", "line 2", "no spaces");
    assertRefused("al ice:" + A, "line 1", "a name has");
    assertRefused("alice:" + A + "\nbob:" + A, "line 2", "that of another");
    assertRefused("alice:" + A + "\nalice:" + B, "line 2", "that of another");
    assertRefused("# nobody", "has no keys");
    assertThatThrownBy(() -> ApiKeys.ofFile(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no file");
  }

  @Test
  void theDocsMakeKeysThatOnlyTheirOwnerReads() throws Exception {
    assumeTrue(File.separatorChar == '/', "a line for a POSIX shell");
    String line =
        Files.readAllLines(Path.of("../docs/serving.md")).stream()
            .filter(one -> one.startsWith("(umask"))
            .findFirst()
            .orElseThrow();
    assertThat(run(folder, "sh", "-c", line)).isZero();

    Path made = folder.resolve("keys");
    assertThat(Files.getPosixFilePermissions(made))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(ApiKeys.ofFile(made).count()).isEqualTo(1);
  }

  @Test
  void keysInACheckoutAreInNoCommit() throws Exception {
    Path checkout = Path.of("..").toAbsolutePath().normalize();
    assumeTrue(Files.exists(checkout.resolve(".git")), "not in a checkout");
    assertThat(run(checkout, "git", "check-ignore", "--quiet", "keys")).isZero();
  }

  private static int run(Path folder, String... command) throws Exception {
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
  }

  private void assertRefused(String content, String... parts) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> ApiKeys.ofFile(file))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContainingAny("tooshort", A, B, "secret");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("keys"), content);
  }
}
