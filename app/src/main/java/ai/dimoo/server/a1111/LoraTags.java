package ai.dimoo.server.a1111;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.AdapterMix;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Adapters that a prompt names as that program's users do: `<lora:NAME>` or `<lora:NAME:SCALE>`.
///
/// @param prompt without them
/// @param adapters in their order
record LoraTags(String prompt, List<AdapterMix.Share> adapters) {

  private static final Pattern TAG =
      Pattern.compile("\\s*<lora:([^<>]*)>", Pattern.CASE_INSENSITIVE);

  /// @throws Refusal if one is written in another way, or an adapter is named twice
  static LoraTags of(String prompt) {
    List<AdapterMix.Share> adapters = new ArrayList<>();
    Matcher tag = TAG.matcher(prompt);
    while (tag.find()) {
      AdapterMix.Share adapter = adapter(tag.group(1));
      if (adapters.stream().anyMatch(other -> other.name().equals(adapter.name()))) {
        throw Refusal.badRequest(
            "prompt", "The prompt has <lora:%s> twice: leave one out.".formatted(adapter.name()));
      }
      adapters.add(adapter);
    }
    String words = adapters.isEmpty() ? prompt : tag.replaceAll("").strip();
    return new LoraTags(words, List.copyOf(adapters));
  }

  private static AdapterMix.Share adapter(String text) {
    String[] parts = text.split(":", -1);
    try {
      double scale = parts.length == 1 ? 1 : Double.parseDouble(parts[1].strip());
      if (parts.length <= 2 && !parts[0].isBlank() && Double.isFinite(scale)) {
        return new AdapterMix.Share(parts[0].strip(), scale);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Refusal.badRequest(
        "prompt",
        "An adapter is written as <lora:NAME> or <lora:NAME:SCALE>, with a number as the scale; the"
            + " prompt has another <lora:…>.");
  }

  /// Words with these tags after them: what was asked for.
  String with(String words) {
    return adapters.isEmpty()
        ? words
        : words
            + adapters.stream()
                .map(adapter -> " <lora:%s:%s>".formatted(adapter.name(), adapter.scale()))
                .collect(Collectors.joining());
  }
}
