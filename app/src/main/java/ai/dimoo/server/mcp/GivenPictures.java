package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.InputPicture;
import ai.dimoo.server.openai.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Pictures that a call names: by the URI of an answer before, as a `data:` URL, and, where the
/// client is a program of this machine's user, by their file.
///
/// @param files whether files may be read
record GivenPictures(ServedModel served, PictureShelf shelf, boolean files) {

  /// More characters than any path has; pictures in Base64 have more.
  private static final int LONGEST_PATH = 1024;

  /// The picture.
  ///
  /// @param field the argument that names it, for messages
  /// @throws Refusal if there is none to be had
  InputPicture get(String field, String text) {
    if (PictureShelf.names(text)) {
      byte[] file = shelf.get(text);
      if (file == null) {
        throw Refusal.badRequest(
            field,
            "%s is not kept any more, or never was: send the picture itself.".formatted(text));
      }
      return new InputPicture(field, file);
    }
    Path path = files ? path(text) : null;
    return path == null
        ? served.pictureUrls().get(field, text)
        : new InputPicture(field, bytes(field, path));
  }

  /// The file that is meant; null if the text is no path.
  private static @Nullable Path path(String text) {
    try {
      if (text.startsWith("file:")) {
        return Path.of(URI.create(text));
      }
      Path path = text.length() > LONGEST_PATH || text.startsWith("data:") ? null : Path.of(text);
      return path != null && path.isAbsolute() ? path : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private byte[] bytes(String field, Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (Files.size(path) > served.limits().bodyBytes()) {
        throw Refusal.badRequest(
            field,
            "%s has more than %d bytes: scale the picture down first."
                .formatted(path, served.limits().bodyBytes()));
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw Refusal.badRequest(field, "There is no file %s: check the path.".formatted(path));
    } catch (IOException e) {
      throw Refusal.badRequest(field, "%s cannot be read: check its permissions.".formatted(path));
    }
  }
}
