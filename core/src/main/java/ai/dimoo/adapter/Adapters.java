package ai.dimoo.adapter;

import ai.dimoo.error.UserException;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Adapters in use, one on top of the other: their changes add up, so that their order does not
/// matter but for rounding.
///
/// Use it from one thread at a time; close it when the model is not used any more.
public final class Adapters implements AutoCloseable {

  private record Opened(AdapterChoice choice, LoraAdapter adapter, PlacedWeights placed) {

    @Nullable LowRank change(String name, long out, long in) {
      return adapter.layers().contains(name)
          ? adapter.change(placed, name, out, in, choice.scale())
          : null;
    }
  }

  private final OwnedParts parts = new OwnedParts();
  private final List<Opened> opened = new ArrayList<>();

  private Adapters() {}

  /// Opens adapters.
  ///
  /// @param dtype to compute in
  /// @throws UserException if one is missing or not usable
  public static Adapters open(List<AdapterChoice> choices, TorchDevice device, Dtype dtype) {
    Adapters adapters = new Adapters();
    try {
      for (AdapterChoice choice : choices) {
        LoraAdapter adapter = adapters.parts.own(LoraAdapter.open(choice.folder()));
        PlacedWeights placed =
            adapters.parts.own(new PlacedWeights(adapter.weights(), device, dtype));
        adapters.opened.add(new Opened(choice, adapter, placed));
      }
      return adapters;
    } catch (RuntimeException e) {
      adapters.close();
      throw e;
    }
  }

  /// Layers with the changes of all adapters.
  public Linears over(Linears base) {
    Linears changed = base;
    for (Opened one : opened) {
      changed = Linears.changed(changed, one::change);
    }
    return changed;
  }

  /// The names of the weights of all layers that are changed.
  Set<String> layers() {
    return opened.stream()
        .flatMap(one -> one.adapter.layers().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The changes to the layer of this name and shape, one for each adapter that changes it.
  List<LowRank> changes(String name, long out, long in) {
    return opened.stream().map(one -> one.change(name, out, in)).filter(Objects::nonNull).toList();
  }

  /// Refuses adapters of another model.
  ///
  /// @param layers the names of the weights of all layers that the model has
  /// @throws UserException if an adapter changes another
  public void require(Set<String> layers) {
    for (Opened one : opened) {
      Set<String> unknown = new TreeSet<>(one.adapter.layers());
      unknown.removeAll(layers);
      if (!unknown.isEmpty()) {
        throw new UserException(
            "The adapter %s changes %s, which the model does not have: it was trained for %s. Give the model that it belongs to."
                .formatted(
                    one.choice.folder(),
                    unknown.iterator().next(),
                    one.adapter.config().base().isEmpty()
                        ? "another"
                        : one.adapter.config().base()));
      }
    }
  }

  /// What is told of them in a model's name: `+cats`, `+cats:0.5`; empty without any.
  public static String suffix(List<AdapterChoice> choices) {
    return choices.stream()
        .map(choice ->
            "+"
                + choice.folder().toAbsolutePath().normalize().getFileName()
                + (choice.scale() == 1 ? "" : ":" + choice.scale()))
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    parts.close();
  }
}
