package ai.dimoo.adapter;

import ai.dimoo.checkpoint.ConfigFields;
import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an adapter's `adapter_config.json` says, in the fields of Hugging Face's PEFT.
///
/// @param rank of the changes, `r`
/// @param alpha what a change is multiplied by, times its rank: `lora_alpha`
/// @param rootScaled whether alpha is divided by the root of the rank: `use_rslora`
/// @param dropout share of a layer's inputs that its change did not see in each step of the
///   training, 0 to below 1: `lora_dropout`; means nothing for use
/// @param base the model that it was trained on, in its trainer's words
public record LoraConfig(int rank, double alpha, boolean rootScaled, double dropout, String base) {

  /// The file's name.
  public static final String FILE = "adapter_config.json";

  /// What the changes of a layer of this rank are multiplied by.
  public double scale() {
    return alpha / (rootScaled ? Math.sqrt(rank) : rank);
  }

  /// Reads an adapter's file.
  ///
  /// @throws UserException if it is missing or says something that is not done here
  public static LoraConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      throw new UserException(
          "No file %s, as an adapter's folder has one: give the folder that training wrote."
              .formatted(file));
    }
    return ConfigFile.open(file).read(LoraConfig::of);
  }

  private static LoraConfig of(ConfigFields fields) {
    String type = fields.text("peft_type", "LORA");
    ConfigFields.require(type.equals("LORA"), "peft_type", type, "LORA");
    String bias = fields.text("bias", "none");
    ConfigFields.require(bias.equals("none"), "bias", bias, "none, since no layer has any");
    for (String unknown : List.of("use_dora", "fan_in_fan_out")) {
      ConfigFields.require(!fields.flag(unknown, false), unknown, true, "false");
    }
    for (String pattern : List.of("rank_pattern", "alpha_pattern", "modules_to_save")) {
      ConfigFields.require(
          fields.isEmpty(pattern), pattern, "not empty", "nothing: one rank for all layers");
    }
    return new LoraConfig(
        fields.whole("r"),
        fields.number("lora_alpha", 8),
        fields.flag("use_rslora", false),
        fields.number("lora_dropout", 0),
        fields.text("base_model_name_or_path", ""));
  }

  /// The file's content. The pattern of its modules leaves out the head, whose last name is that of
  /// a projection of the blocks.
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("peft_type", "LORA").put("base_model_name_or_path", base);
    json.put("r", rank).put("lora_alpha", alpha).put("lora_dropout", dropout);
    json.put("target_modules", TensorNames.PROJECTIONS_PATTERN).put("bias", "none");
    json.put("use_rslora", rootScaled).put("use_dora", false).put("fan_in_fan_out", false);
    return json.put("inference_mode", true);
  }
}
