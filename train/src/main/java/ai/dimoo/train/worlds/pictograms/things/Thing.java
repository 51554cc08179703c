package ai.dimoo.train.worlds.pictograms.things;

import java.util.List;

/// Something that both artists have drawn, with its names.
///
/// @param key unique and lasting: `hot-dog`
/// @param noto the name of the icon in Noto Emoji
/// @param fluent the name of the icon in Fluent Emoji
/// @param noun the English noun in the singular, unique: `hot dog`
/// @param plural of `noun`
/// @param synonyms other words that people type for it, in the singular
/// @param chinese the Chinese noun: `猫`
/// @param measure the measure word between a number and `chinese`: `只`
/// @param core whether it takes part in every task
/// @param rendered whether it also comes in every [Rendering] and tint
/// @param silhouette things with the same value cannot be told apart by their outlines alone; most
///   have a class of their own, named by their key
public record Thing(
    String key,
    String noto,
    String fluent,
    String noun,
    Article article,
    String plural,
    List<String> synonyms,
    String chinese,
    String measure,
    Group group,
    boolean core,
    boolean rendered,
    String silhouette) {

  public Thing {
    synonyms = List.copyOf(synonyms);
  }

  /// The name of the icon in an artist's set.
  public String icon(Artist artist) {
    return switch (artist) {
      case NOTO -> noto;
      case FLUENT -> fluent;
    };
  }

  /// The noun with its article: `a cat`, `an owl`, `scissors`.
  public String withArticle() {
    return article == Article.NONE ? noun : article.word() + " " + noun;
  }

  /// One of it in Chinese: `一只猫`.
  public String oneInChinese() {
    return "一" + measure + chinese;
  }

  @Override
  public String toString() {
    return key;
  }
}
