package ai.dimoo.parity;

import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// `prompts.json`: per task the conditional prompt, the unconditional prompt and the system text.
final class PromptCases implements ParityCases {

  private static final Pattern USER = Pattern.compile("<user>(.*)</user>", Pattern.DOTALL);

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    JsonNode prompts = folder.json("prompts.json");
    // the user's text that all editing tasks were given; tasks that put a sentence of their own in
    // its place must not let it through
    String text = userText(prompts.path("other"));
    prompts
        .properties()
        .forEach(entry ->
            report.run(
                "prompts." + entry.getKey(),
                () -> check(entry.getKey(), entry.getValue(), text, report)));
  }

  private static void check(String name, JsonNode recorded, String text, ParityReport report) {
    PromptTemplate template =
        switch (name) {
          case "t2i" -> PromptTemplate.of(Task.TEXT_TO_IMAGE, userText(recorded));
          case "mmu" -> PromptTemplate.of(Task.UNDERSTANDING, userText(recorded));
          default -> PromptTemplate.of(Task.asReference(name), text);
        };
    List<String> made =
        List.of(template.conditional(), template.unconditional(), template.system());
    List<String> expected = new ArrayList<>();
    recorded.forEach(value -> expected.add(value.stringValue()));
    if (recorded.isString()) {
      expected.add(recorded.stringValue());
    }
    report.equal("prompts." + name, made.subList(0, expected.size()), expected);
  }

  private static String userText(JsonNode recorded) {
    String conditional = recorded.isArray() ? recorded.get(0).stringValue() : recorded.asString("");
    Matcher matcher = USER.matcher(conditional);
    if (!matcher.find()) {
      throw new IllegalArgumentException("prompts.json: no <user> text in '" + conditional + "'");
    }
    return matcher.group(1);
  }
}
