package ai.dimoo.checkpoint;

import ai.dimoo.error.Shown;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a pickle, Python's format of objects, as far as `torch.save` needs it for dictionaries of
/// tensors. A pickle is a program; of its instructions only those are understood that make numbers,
/// texts, lists, dictionaries and tensors, so that nothing in a file is ever executed.
final class Pickle {

  /// Where tensors have their numbers.
  ///
  /// @param key the name of its entry in the archive
  /// @param count of its numbers
  record Storage(TensorDtype dtype, String key, long count) {}

  /// A tensor, by where its numbers stand in a storage.
  ///
  /// @param offset of the first, counted in numbers
  /// @param strides numbers from one place to the next, for each dimension
  record View(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /// Whether all its numbers lie in its storage.
    boolean inside() {
      if (offset < 0 || shape.size() != strides.size()) {
        return false;
      }
      long last = offset;
      for (int i = 0; i < shape.size(); i++) {
        if (shape.get(i) < 0 || strides.get(i) < 0) {
          return false;
        }
        if (shape.get(i) == 0) {
          return true;
        }
        last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
      }
      return last < storage.count();
    }
  }

  /// Says what is not understood.
  static final class NotUnderstood extends Exception {

    private static final long serialVersionUID = 1;

    NotUnderstood(String what) {
      super(what);
    }
  }

  /// The name of a class or a function.
  private record Global(String name) {}

  /// Begins the elements of a tuple, a list or a dictionary.
  private enum Mark {
    MARK
  }

  private static final Map<String, TensorDtype> STORAGES =
      Map.of(
          "torch DoubleStorage", TensorDtype.F64,
          "torch FloatStorage", TensorDtype.F32,
          "torch HalfStorage", TensorDtype.F16,
          "torch BFloat16Storage", TensorDtype.BF16,
          "torch LongStorage", TensorDtype.I64,
          "torch IntStorage", TensorDtype.I32,
          "torch ShortStorage", TensorDtype.I16,
          "torch CharStorage", TensorDtype.I8,
          "torch ByteStorage", TensorDtype.U8,
          "torch BoolStorage", TensorDtype.BOOL);

  private final ByteBuffer in;
  private final List<@Nullable Object> stack = new ArrayList<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();

  private Pickle(byte[] bytes) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// What a pickle makes: maps, lists, texts, `Long`, `Double`, `Boolean`, null and {@link View}.
  ///
  /// @throws NotUnderstood if it makes anything else, or is damaged
  static @Nullable Object read(byte[] bytes) throws NotUnderstood {
    try {
      return new Pickle(bytes).run();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException
        | ArithmeticException e) {
      throw new NotUnderstood("it is damaged");
    }
  }

  // opcodes: CPython's pickletools.py
  private @Nullable Object run() throws NotUnderstood {
    while (true) {
      int code = in.get() & 0xff;
      switch (code) {
        case '.' -> {
          return pop();
        }
        case 0x80 -> in.get(); // the protocol's number
        case 0x95 -> in.getLong(); // the length of a frame
        case '(' -> stack.add(Mark.MARK);
        case '0' -> pop();
        case 'N' -> stack.add(null);
        case 0x88 -> stack.add(true);
        case 0x89 -> stack.add(false);
        case 'J' -> stack.add((long) in.getInt());
        case 'K' -> stack.add((long) (in.get() & 0xff));
        case 'M' -> stack.add((long) (in.getShort() & 0xffff));
        case 0x8a -> stack.add(number(in.get() & 0xff));
        case 'G' -> stack.add(bigEndianDouble());
        case 'X' -> stack.add(text(in.getInt()));
        case 0x8c -> stack.add(text(in.get() & 0xff));
        case 0x8d -> stack.add(text(Math.toIntExact(in.getLong())));
        case 'U' -> stack.add(text(in.get() & 0xff));
        case ')' -> stack.add(List.of());
        case 't' -> stack.add(popToMark());
        case 0x85 -> stack.add(popLast(1));
        case 0x86 -> stack.add(popLast(2));
        case 0x87 -> stack.add(popLast(3));
        case ']' -> stack.add(new ArrayList<>());
        case 'a' -> append(popLast(1));
        case 'e' -> append(popToMark());
        case '}' -> stack.add(new LinkedHashMap<>());
        case 's' -> set(popLast(2));
        case 'u' -> set(popToMark());
        case 'q' -> memo.put(in.get() & 0xff, top());
        case 'r' -> memo.put(in.getInt(), top());
        case 0x94 -> memo.put(memo.size(), top());
        case 'h' -> stack.add(memo.get(in.get() & 0xff));
        case 'j' -> stack.add(memo.get(in.getInt()));
        case 'c' -> stack.add(new Global(line() + " " + line()));
        case 0x93 -> {
          List<@Nullable Object> names = popLast(2);
          stack.add(new Global(names.get(0) + " " + names.get(1)));
        }
        case 'Q' -> stack.add(storage((List<?>) pop()));
        case 'R' -> {
          List<?> arguments = (List<?>) pop();
          stack.add(called((Global) pop(), arguments));
        }
        case 'b' -> pop(); // attributes, such as the versions of modules
        default -> throw new NotUnderstood("it has the pickle instruction 0x%02x".formatted(code));
      }
    }
  }

  private @Nullable Object pop() {
    return stack.removeLast();
  }

  private @Nullable Object top() {
    return stack.getLast();
  }

  private List<@Nullable Object> popLast(int count) {
    List<@Nullable Object> last = stack.subList(stack.size() - count, stack.size());
    List<@Nullable Object> copy = new ArrayList<>(last);
    last.clear();
    return copy;
  }

  private List<@Nullable Object> popToMark() {
    int begin = stack.lastIndexOf(Mark.MARK);
    List<@Nullable Object> elements = popLast(stack.size() - begin - 1);
    pop();
    return elements;
  }

  @SuppressWarnings("unchecked")
  private void append(List<@Nullable Object> elements) {
    ((List<@Nullable Object>) top()).addAll(elements);
  }

  @SuppressWarnings("unchecked")
  private void set(List<@Nullable Object> pairs) {
    Map<@Nullable Object, @Nullable Object> map = (Map<@Nullable Object, @Nullable Object>) top();
    for (int i = 0; i < pairs.size(); i += 2) {
      map.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  /// A whole number of some bytes, the lowest first.
  private long number(int bytes) throws NotUnderstood {
    if (bytes > Long.BYTES) {
      throw new NotUnderstood("it has a number of %d bytes".formatted(bytes));
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      long next = i == bytes - 1 ? in.get() : in.get() & 0xff; // the last has the sign
      number |= next << 8 * i;
    }
    return number;
  }

  private double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
  }

  private String text(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[bytes];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String line() {
    int begin = in.position();
    while (in.get() != '\n') {
      // to its end
    }
    return new String(in.array(), begin, in.position() - begin - 1, StandardCharsets.UTF_8);
  }

  /// @param id `('storage', class, key, device, count)`; the device does not matter here
  private static Storage storage(List<?> id) throws NotUnderstood {
    String name = ((Global) id.get(1)).name();
    TensorDtype dtype = STORAGES.get(name);
    if (dtype == null) {
      throw new NotUnderstood("it has numbers of " + Shown.text(name.replace(' ', '.')));
    }
    return new Storage(dtype, (String) id.get(2), (Long) id.get(4));
  }

  private static @Nullable Object called(Global function, List<?> arguments) throws NotUnderstood {
    return switch (function.name()) {
      case "collections OrderedDict" -> new LinkedHashMap<>();
      case "torch._utils _rebuild_tensor_v2" -> view(arguments);
      case "torch._utils _rebuild_parameter" -> arguments.getFirst();
      default ->
          throw new NotUnderstood(
              "it calls "
                  + Shown.text(function.name().replace(' ', '.'))
                  + ", and only dictionaries of tensors are read");
    };
  }

  /// @param arguments storage, offset, shape, strides, and what training needs
  private static View view(List<?> arguments) throws NotUnderstood {
    View view =
        new View(
            (Storage) arguments.get(0),
            (Long) arguments.get(1),
            numbers(arguments.get(2)),
            numbers(arguments.get(3)));
    if (!view.inside()) {
      throw new NotUnderstood("a tensor of it reaches beyond its numbers");
    }
    return view;
  }

  private static List<Long> numbers(Object list) {
    return ((List<?>) list).stream().map(Long.class::cast).toList();
  }
}
