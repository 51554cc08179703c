package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A base address that ends in a slash gives clients paths with two.
final class SlashesTest extends ServerFixture {

  private static final String KEY = "a-key-of-somebody";

  @Override
  protected ServerOptions options() {
    return super.options().withAccess(Access.of(ApiKeys.ofList("a:" + KEY, "test")));
  }

  @Test
  void severalSlashesAreOneAndNoWayAroundTheKeys() throws Exception {
    assertThat(get("/v1//models").statusCode()).isEqualTo(401);
    assertThat(get("/v1///models/pocket").statusCode()).isEqualTo(401);
    assertThat(get("/v1//models", "Authorization", "Bearer " + KEY).statusCode()).isEqualTo(200);
    assertThat(get("/nowhere//else", "Authorization", "Bearer " + KEY).statusCode()).isEqualTo(404);
  }
}
