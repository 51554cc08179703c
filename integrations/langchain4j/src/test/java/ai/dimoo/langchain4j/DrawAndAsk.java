package ai.dimoo.langchain4j;

import ai.dimoo.Dimoo;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.nio.file.Path;

/// The example of docs/integrations.md: draws a picture, changes it, asks about it. Its argument is
/// the model's folder.
final class DrawAndAsk {

  private DrawAndAsk() {}

  public static void main(String[] args) {
    Path model = Path.of(args[0]);
    // example
    try (Dimoo dimoo = Dimoo.open(model)) {
      var images = DimooImageModel.builder().dimoo(dimoo).timesteps(12).seed(7).build();
      Image picture = images.generate("a fox to the left of a pizza").content();

      var chat = DimooChatModel.builder().dimoo(dimoo).build();
      UserMessage question =
          UserMessage.from(
              TextContent.from("How many foxes are there?"), ImageContent.from(picture));
      System.out.println(chat.chat(question).aiMessage().text());
    }
    // end
  }
}
