package io.sextant.tasks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON values in one form: equal values become equal text. */
final class JsonValues {
    private JsonValues() {}

    /** Without the zeros at its end, and never as a power of ten. */
    static BigDecimal decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * A plugin's value with all keys in order, so that its maps' own order does not show.
     *
     * @throws TaskDefectException if there is anything but maps, lists, text, finite numbers, booleans and null in it
     */
    static @Nullable Object ordered(@Nullable Object value, String schemaId) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> ordered = new TreeMap<>();
            map.forEach((key, member) -> ordered.put(String.valueOf(key), ordered(member, schemaId)));
            return ordered;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(member -> copy.add(ordered(member, schemaId)));
            return copy;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return decimal(BigDecimal.valueOf(number));
        }
        if (value instanceof Float number && Float.isFinite(number)) {
            return decimal(new BigDecimal(number.toString()));
        }
        if (value instanceof BigDecimal number) {
            return decimal(number);
        }
        if (value == null || isPlain(value)) {
            return value;
        }
        throw new TaskDefectException(
                "A result of the schema \"" + schemaId + "\" holds a "
                        + value.getClass().getName()
                        + " that is no JSON value; a plugin's result is made of maps, lists, text, finite numbers and"
                        + " booleans. Report it to the plugin's author.",
                null);
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }
}
