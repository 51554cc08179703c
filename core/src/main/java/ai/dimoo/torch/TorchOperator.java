package ai.dimoo.torch;

import org.bytedeco.pytorch.Argument;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;

/// An operator of LibTorch's that has no method of its own in Java, called by its name through
/// LibTorch's dispatcher.
///
/// Lives as long as the process; use it from platform threads.
public final class TorchOperator {

  private final OperatorHandle handle;

  private TorchOperator(OperatorHandle handle) {
    this.handle = handle;
  }

  /// @param name such as `onednn::qlinear_pointwise`
  /// @throws RuntimeException if this build of LibTorch has none of this name
  public static TorchOperator named(String name) {
    TorchRuntime.load();
    // the handle belongs to no scope: it is kept for good
    OperatorHandle found = Dispatcher.singleton().findSchemaOrThrow(name, "").retainReference();
    return new TorchOperator(found);
  }

  /// Its one result, which belongs to the caller's `PointerScope`.
  ///
  /// @param arguments all of them, in the order of its schema; an `IValue` of nothing is `None`
  public Tensor call(IValue... arguments) {
    return ResultScope.of(() -> {
      IValueVector stack = new IValueVector();
      for (IValue argument : arguments) {
        stack.push_back(argument);
      }
      handle.callBoxed(stack);
      return new Tensor(stack.get(0).toTensor()); // which is a reference into the stack
    });
  }

  /// An empty list of the type that an argument has.
  ///
  /// @param index of the argument
  public IValue noneOf(int index) {
    Argument first = handle.schema().arguments();
    Argument argument = new Argument(first.getPointer(index));
    return new IValue(new GenericList(argument.type().get().containedType(0)));
  }
}
