package io.sextant.core.internal.weights.torch;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.error.ShownText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a torch file into plain data.
 *
 * <p>The machine is that of Python's pickletools (protocols 2 to 5, binary opcodes only): a stack, marks on it, and a memo.
 * What could run code is left out or replaced:
 *
 * <ul>
 *   <li>GLOBAL and STACK_GLOBAL only accept {@link AllowedGlobal}, even if the name is never used.
 *   <li>REDUCE knows those names and builds data from them; it calls nothing.
 *   <li>BUILD only drops the extra attributes of an OrderedDict (torch's {@code _metadata}).
 *   <li>NEWOBJ, INST, OBJ, EXT and the like are refused.
 * </ul>
 *
 * <p>Work and memory are bounded by the length of the pickle and by {@code MAX_WORK}: an opcode does a constant amount of
 * work beyond the bytes and values it takes away, or is charged for it; containers are never compared or hashed, and the reader does not recurse.
 */
public final class PickleReader {
    /** Longest pickle that is read; a full checkpoint's is about 100 kB. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_WORK = 3_000_000;
    private static final int MAX_NUMBER_BYTES = 1024;

    private final ByteBuffer bytes;
    private final String where;
    private final TorchStorages storages;
    private final List<PickleValue> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();
    private long work;
    private int opcodeStart;

    /**
     * @param bytes the pickle
     * @param where names file and record at the start of messages
     * @param storages finds what persistent ids refer to
     */
    public PickleReader(ByteBuffer bytes, String where, TorchStorages storages) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.where = where;
        this.storages = storages;
    }

    /**
     * The object the pickle describes.
     *
     * @throws ModelFilesException naming the byte, and the forbidden name or opcode if it is about one
     */
    public PickleValue read() {
        try {
            while (true) {
                opcodeStart = bytes.position();
                int opcode = Byte.toUnsignedInt(bytes.get());
                charge(1);
                if (opcode == '.') {
                    return pop();
                }
                step(opcode);
            }
        } catch (BufferUnderflowException e) {
            throw refuse("ends in the middle");
        }
    }

    /** Counts opcodes, and what one of them costs beyond a constant amount. */
    private void charge(int amount) {
        work += amount;
        if (work > MAX_WORK) {
            throw refuse("takes more than " + MAX_WORK + " steps");
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(bytes.get());
            case 0x95 -> bytes.getLong(); // FRAME: a hint for readers from a stream
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'N' -> push(PickleValue.None.NONE);
            case 0x88 -> push(new PickleValue.Flag(true));
            case 0x89 -> push(new PickleValue.Flag(false));
            case 'J' -> push(new PickleValue.Whole(bytes.getInt()));
            case 'K' -> push(new PickleValue.Whole(Byte.toUnsignedInt(bytes.get())));
            case 'M' -> push(new PickleValue.Whole(Short.toUnsignedInt(bytes.getShort())));
            case 0x8A -> pushLong(Byte.toUnsignedInt(bytes.get()));
            case 0x8B -> pushLong(bytes.getInt());
            case 'G' -> push(new PickleValue.Real(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()))));
            case 'X' -> push(text(bytes.getInt()));
            case 0x8C -> push(text(Byte.toUnsignedInt(bytes.get())));
            case 0x8D -> push(text(bytes.getLong()));
            case 'T' -> push(latinText(bytes.getInt()));
            case 'U' -> push(latinText(Byte.toUnsignedInt(bytes.get())));
            case 'B' -> push(bytes(bytes.getInt()));
            case 'C' -> push(bytes(Byte.toUnsignedInt(bytes.get())));
            case 0x8E, 0x96 -> push(bytes(bytes.getLong()));
            case ']', 0x8F -> push(new PickleValue.Sequence());
            case '}' -> push(new PickleValue.Dict());
            case ')' -> push(new PickleValue.Tuple(List.of()));
            case 0x85 -> push(new PickleValue.Tuple(popMany(1)));
            case 0x86 -> push(new PickleValue.Tuple(popMany(2)));
            case 0x87 -> push(new PickleValue.Tuple(popMany(3)));
            case 't' -> push(new PickleValue.Tuple(popToMark()));
            case 'l', 0x91 -> {
                PickleValue.Sequence list = new PickleValue.Sequence();
                list.items.addAll(popToMark());
                push(list);
            }
            case 'd' -> {
                PickleValue.Dict dict = new PickleValue.Dict();
                putAll(dict, popToMark());
                push(dict);
            }
            case 'a' -> append(popMany(1));
            case 'e', 0x90 -> append(popToMark());
            case 's' -> set(popMany(2));
            case 'u' -> set(popToMark());
            case 'q' -> memo.put(Byte.toUnsignedInt(bytes.get()), top());
            case 'r' -> memo.put(bytes.getInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(remembered(Byte.toUnsignedInt(bytes.get())));
            case 'j' -> push(remembered(bytes.getInt()));
            case 'c' -> push(global(line(), line()));
            case 0x93 -> stackGlobal();
            case 'Q' -> persistent(pop());
            case 'R' -> reduce();
            case 'b' -> build();
            default ->
                throw refuse("has the opcode 0x" + Integer.toHexString(opcode) + ", which a state dict does not need");
        }
    }

    private void protocol(int version) {
        if (version < 2 || version > 5) {
            throw refuse("is of protocol " + version + "; 2 to 5 are read");
        }
    }

    private void pushLong(int length) {
        if (length < 0 || length > MAX_NUMBER_BYTES) {
            throw refuse("holds a number of " + length + " bytes");
        }
        ByteBuffer digits = take(length);
        if (length > 8) {
            push(new PickleValue.Huge());
            return;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= Byte.toUnsignedLong(digits.get(i)) << (8 * i);
        }
        int unused = 64 - 8 * length;
        push(new PickleValue.Whole(length == 0 ? 0 : value << unused >> unused));
    }

    private PickleValue text(long length) {
        return new PickleValue.Text(StandardCharsets.UTF_8.decode(take(length)).toString());
    }

    private PickleValue latinText(long length) {
        return new PickleValue.Text(
                StandardCharsets.ISO_8859_1.decode(take(length)).toString());
    }

    private PickleValue bytes(long length) {
        return new PickleValue.Bytes(take(length).remaining());
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw refuse("holds a text or number of " + length + " bytes where " + bytes.remaining() + " are left");
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return part;
    }

    private String line() {
        int start = bytes.position();
        while (bytes.get() != '\n') {
            // the loop's condition moves on; a missing end of line ends in BufferUnderflowException
        }
        return StandardCharsets.UTF_8
                .decode(bytes.slice(start, bytes.position() - 1 - start))
                .toString();
    }

    private void push(PickleValue value) {
        stack.add(value);
    }

    private PickleValue top() {
        requireAboveMark(1);
        return stack.get(stack.size() - 1);
    }

    private PickleValue pop() {
        requireAboveMark(1);
        return stack.remove(stack.size() - 1);
    }

    private List<PickleValue> popMany(int count) {
        requireAboveMark(count);
        return cut(stack.size() - count);
    }

    private List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw refuse("closes a group that was never opened");
        }
        return cut(marks.remove(marks.size() - 1));
    }

    private List<PickleValue> cut(int from) {
        List<PickleValue> tail = stack.subList(from, stack.size());
        List<PickleValue> cut = List.copyOf(tail);
        tail.clear();
        return cut;
    }

    private void requireAboveMark(int count) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (stack.size() - floor < count) {
            throw refuse("takes more values than there are");
        }
    }

    private void append(List<PickleValue> items) {
        if (!(top() instanceof PickleValue.Sequence list)) {
            throw refuse("appends to " + top().kind());
        }
        list.items.addAll(items);
    }

    private void set(List<PickleValue> items) {
        if (!(top() instanceof PickleValue.Dict dict)) {
            throw refuse("sets entries of " + top().kind());
        }
        putAll(dict, items);
    }

    private void putAll(PickleValue.Dict dict, List<PickleValue> items) {
        if (items.size() % 2 != 0) {
            throw refuse("gives a dict a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            PickleValue key = items.get(i);
            dict.items.put(plain(key), items.get(i + 1));
        }
    }

    private Object plain(PickleValue key) {
        if (key instanceof PickleValue.Text text) {
            return text.value();
        }
        if (key instanceof PickleValue.Whole whole) {
            return whole.value();
        }
        if (key instanceof PickleValue.Real real) {
            return real.value();
        }
        if (key instanceof PickleValue.Flag flag) {
            return flag.value();
        }
        throw refuse("uses " + key.kind() + " as the key of a dict");
    }

    private PickleValue remembered(int index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw refuse("recalls value " + index + ", which it never stored");
        }
        return value;
    }

    private void stackGlobal() {
        List<PickleValue> names = popMany(2);
        if (names.get(0) instanceof PickleValue.Text module && names.get(1) instanceof PickleValue.Text attribute) {
            push(global(module.value(), attribute.value()));
            return;
        }
        throw refuse("refers to a global whose name is no text");
    }

    private PickleValue global(String module, String attribute) {
        return new PickleValue.Global(AllowedGlobal.of(module, attribute)
                .orElseThrow(() -> refuse("refers to " + ShownText.of(module, 200) + "." + ShownText.of(attribute, 200)
                        + ", which a state dict does not need and which is never loaded or run")));
    }

    private void persistent(PickleValue id) {
        if (!(id instanceof PickleValue.Tuple tuple)) {
            throw refuse("has a persistent id that is " + id.kind());
        }
        push(new PickleValue.StorageReference(storages.resolve(tuple.items)));
    }

    private void reduce() {
        List<PickleValue> call = popMany(2);
        if (!(call.get(0) instanceof PickleValue.Global global)
                || !(call.get(1) instanceof PickleValue.Tuple arguments)) {
            throw refuse("would call " + call.get(0).kind());
        }
        push(
                switch (global.target()) {
                    case ORDERED_DICT -> orderedDict(arguments.items);
                    case REBUILD_TENSOR, REBUILD_TENSOR_V2 ->
                        new PickleValue.TensorReference(storages.tensor(arguments.items));
                    case REBUILD_PARAMETER -> parameter(arguments.items);
                    case SIZE -> size(arguments.items);
                    default -> throw refuse("would call a storage class");
                });
    }

    private PickleValue orderedDict(List<PickleValue> arguments) {
        PickleValue.Dict dict = new PickleValue.Dict();
        if (arguments.isEmpty()) {
            return dict;
        }
        if (arguments.size() != 1 || !(arguments.get(0) instanceof PickleValue.Sequence pairs)) {
            throw refuse("makes an OrderedDict from something that is no list of pairs");
        }
        charge(pairs.items.size());
        for (PickleValue pair : pairs.items) {
            List<PickleValue> items = pair instanceof PickleValue.Tuple tuple
                    ? tuple.items
                    : pair instanceof PickleValue.Sequence list ? list.items : List.of();
            if (items.size() != 2) {
                throw refuse("makes an OrderedDict from something that is no list of pairs");
            }
            putAll(dict, items);
        }
        return dict;
    }

    private PickleValue parameter(List<PickleValue> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof PickleValue.TensorReference tensor)) {
            throw refuse("makes a parameter from something that is no tensor");
        }
        return tensor;
    }

    private PickleValue size(List<PickleValue> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof PickleValue.Tuple tuple) {
            return tuple;
        }
        throw refuse("makes a size from something that is no tuple");
    }

    private void build() {
        PickleValue state = pop();
        if (!(top() instanceof PickleValue.Dict) || !(state instanceof PickleValue.Dict)) {
            throw refuse("would set the state of " + top().kind());
        }
    }

    private ModelFilesException refuse(String problem) {
        return new ModelFilesException(
                where + " " + problem + " (at byte " + opcodeStart
                        + " of the pickle); use the file as it was published, or save a plain state dict anew with torch.save.");
    }
}
