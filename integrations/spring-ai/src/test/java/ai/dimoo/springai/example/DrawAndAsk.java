package ai.dimoo.springai.example;

import java.util.Base64;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/// The example of docs/integrations.md: draws a picture and asks about it.
// example
@SpringBootApplication
public class DrawAndAsk {

  @Bean
  CommandLineRunner run(ImageModel images, ChatModel chat) {
    return arguments -> {
      var prompt = new ImagePrompt("a fox to the left of a pizza");
      String base64 = images.call(prompt).getResult().getOutput().getB64Json();

      var png = new ByteArrayResource(Base64.getDecoder().decode(base64));
      var question =
          UserMessage.builder()
              .text("How many foxes are there?")
              .media(new Media(MimeTypeUtils.IMAGE_PNG, png))
              .build();
      System.out.println(chat.call(new Prompt(question)).getResult().getOutput().getText());
    };
  }

  public static void main(String[] arguments) {
    SpringApplication.run(DrawAndAsk.class, arguments);
  }
}
// end
