package ai.dimoo.train.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the ladder measured. Immutable.
///
/// @param model a folder or a shape
/// @param layers how many were measured
/// @param wholeLayers how many the model has, for which times are extrapolated
/// @param processor its name; null where the system does not say
/// @param threads of LibTorch
/// @param tokens length of one sequence
/// @param branches sequences of a step
/// @param rungs the reference's arithmetic first
/// @param products each kind in each format
/// @param ceilings the best of large products by format, in TFLOP/s
/// @param plain the names of the plain formats
/// @param notes what was not measured, and why
public record LadderResult(
    String model,
    int layers,
    int wholeLayers,
    String device,
    @Nullable String processor,
    int threads,
    int tokens,
    int branches,
    int steps,
    int repeats,
    List<Rung> rungs,
    List<ProductRate> products,
    Map<String, Double> ceilings,
    List<String> plain,
    List<String> notes) {

  /// How much faster than what it is measured against a format's products are where its units are
  /// in use.
  private static final double REALLY_USED = 1.2;

  private static final String FLOAT32 = "float32";

  /// Copies the collections.
  public LadderResult {
    rungs = List.copyOf(rungs);
    products = List.copyOf(products);
    ceilings = new TreeMap<>(ceilings);
    plain = List.copyOf(plain);
    notes = List.copyOf(notes);
  }

  /// The same of other measurements.
  LadderResult with(
      List<Rung> rungs,
      List<ProductRate> products,
      Map<String, Double> ceilings,
      List<String> plain,
      List<String> notes) {
    return new LadderResult(
        model,
        layers,
        wholeLayers,
        device,
        processor,
        threads,
        tokens,
        branches,
        steps,
        repeats,
        rungs,
        products,
        ceilings,
        plain,
        notes);
  }

  /// The share of its format's ceiling that a product reaches, 0..1.
  public double share(ProductRate product) {
    return product.tflops() / ceilings.get(product.format());
  }

  /// Why a format is not really used here: bfloat16 that is no faster than float32, or few bits
  /// that are no faster than the faster plain format; null: it is used, or is float32 itself.
  public @Nullable String suspicion(String format) {
    Double own = ceilings.get(format);
    if (own == null || format.equals(FLOAT32)) {
      return null;
    }
    boolean isPlain = plain.contains(format);
    String other = null;
    for (String name : plain) {
      boolean compared = isPlain ? name.equals(FLOAT32) : true;
      if (compared && ceilings.containsKey(name)) {
        other = other == null || ceilings.get(name) > ceilings.get(other) ? name : other;
      }
    }
    return other == null || own >= REALLY_USED * ceilings.get(other)
        ? null
        : "%s multiplies at %.3f TFLOP/s, %s at %.3f: the format saves memory here, and is not computed in"
            .formatted(format, own, other, ceilings.get(other));
  }

  /// All of it.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model).put("layers", layers).put("whole_layers", wholeLayers);
    json.put("extrapolated", layers != wholeLayers);
    json.put("device", device).put("processor", processor).put("threads", threads);
    json.put("tokens", tokens).put("branches", branches);
    json.put("steps", steps).put("repeats", repeats);
    ArrayNode ladder = json.putArray("ladder");
    double first = rungs.getFirst().pictureSeconds();
    for (Rung rung : rungs) {
      ObjectNode line = ladder.addObject();
      line.put("name", rung.name()).put("format", rung.format());
      line.put("timesteps", rung.timesteps());
      line.put("seconds_step", rung.stepSeconds()).put("seconds_picture", rung.pictureSeconds());
      line.put("ratio_to_first", rung.pictureSeconds() / first);
      line.put("peak_memory_bytes", rung.peakBytes());
      line.put("format_really_used", suspicion(rung.format()) == null);
    }
    ArrayNode rates = json.putArray("products");
    for (ProductRate product : products) {
      ObjectNode line = rates.addObject();
      line.put("format", product.format()).put("kind", product.kind());
      line.put("rows", product.rows()).put("in", product.in()).put("out", product.out());
      line.put("seconds", product.seconds()).put("tflops", product.tflops());
      line.put("share_of_ceiling", share(product));
    }
    ObjectNode best = json.putObject("ceiling_tflops");
    ceilings.forEach(best::put);
    ArrayNode texts = json.putArray("notes");
    lines().forEach(texts::add);
    return json;
  }

  /// What is to be said below the figures.
  public List<String> lines() {
    List<String> lines = new ArrayList<>(notes);
    for (String format : ceilings.keySet()) {
      String suspicion = suspicion(format);
      if (suspicion != null) {
        lines.add(suspicion);
      }
    }
    return lines;
  }
}
