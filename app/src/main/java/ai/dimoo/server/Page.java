package ai.dimoo.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The page to play with the model: `/` and the few files that belong to it, all of them listed
/// here. Nothing else on the class path can be reached. Immutable.
final class Page {

  /// What `/` shows.
  private static final String START = "index.html";

  private static final List<String> PARTS =
      List.of(
          "style.css",
          "icon.svg",
          "tasks.svg",
          "main.js",
          "api.js",
          "board.js",
          "facts.js",
          "form.js",
          "gallery.js",
          "given.js",
          "known.js",
          "lens.js",
          "marks.js",
          "model.js",
          "orders.js",
          "pad.js",
          "picture.js",
          "sheet.js",
          "stage.js",
          "store.js",
          "suggestions.js",
          "talk.js",
          "tasks.js",
          "view.js");

  private record PageFile(byte[] content, String type, String tag) {}

  private Page() {}

  /// Adds its paths to a server's.
  static void addTo(RoutesConfig routes) {
    PageFile start = read(START);
    routes.get("/", context -> answer(context, start));
    for (String name : PARTS) {
      PageFile part = read(name);
      routes.get("/page/" + name, context -> answer(context, part));
    }
  }

  private static void answer(Context context, PageFile file) {
    // browsers keep it, and ask each time whether it has changed
    context.header("Cache-Control", "no-cache");
    context.header("ETag", file.tag());
    if (file.tag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(file.type()).result(file.content());
    }
  }

  private static PageFile read(String name) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The page's file " + name + " is not on the class path.");
      }
      byte[] content = in.readAllBytes();
      return new PageFile(content, type(name), tag(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JVM has it
    }
  }
}
