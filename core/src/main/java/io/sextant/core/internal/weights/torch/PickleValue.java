package io.sextant.core.internal.weights.torch;

import io.sextant.core.internal.weights.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a pickle is read into: plain data, and the tensors it refers to. Nothing is ever instantiated or called on its behalf.
 * Identity decides equality of containers, so that deep or cyclic ones cost nothing.
 */
public sealed interface PickleValue {

    /** What kind of value this is, for messages. */
    default String kind() {
        return "a " + getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Python's None. */
    enum None implements PickleValue {
        NONE;

        @Override
        public String kind() {
            return "None";
        }
    }

    /** True or False. */
    record Flag(boolean value) implements PickleValue {}

    /** An integer of up to 64 bits. */
    record Whole(long value) implements PickleValue {}

    /** An integer of more than 64 bits, whose value nobody needs. */
    record Huge() implements PickleValue {}

    /** A floating-point number. */
    record Real(double value) implements PickleValue {}

    /** Text. */
    record Text(String value) implements PickleValue {}

    /** Bytes, whose content nobody needs. */
    record Bytes(int length) implements PickleValue {}

    /** A tuple. */
    final class Tuple implements PickleValue {
        final List<PickleValue> items;

        Tuple(List<PickleValue> items) {
            this.items = List.copyOf(items);
        }
    }

    /** A list, or a set, which grows while it is read. */
    final class Sequence implements PickleValue {
        final List<PickleValue> items = new ArrayList<>(0);

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A dict or OrderedDict, which grows while it is read. Keys are String, Long, Double and Boolean: these are ordered, so
     * that a map stays fast even if a file is made to give all its keys one hash code.
     */
    final class Dict implements PickleValue {
        final Map<Object, PickleValue> items = new LinkedHashMap<>(2);
    }

    /** One of the few names a state dict may refer to. */
    record Global(AllowedGlobal target) implements PickleValue {}

    /** A torch storage, found by its persistent id. */
    record StorageReference(TorchStorage storage) implements PickleValue {}

    /** A tensor in a storage; its key is known only to the dict that holds it. */
    record TensorReference(StoredTensor tensor) implements PickleValue {}
}
