package io.sextant.core.internal.device;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What libtorch says of a device's free memory where an allocation on it failed; there is no operator that programs could ask. */
final class FreeMemory {
    private static final Pattern FREE = Pattern.compile("of which (\\d+(?:\\.\\d+)?) (bytes|KiB|MiB|GiB) is free");

    private FreeMemory() {}

    /**
     * In bytes, as exactly as it is said; empty where the text does not say it.
     *
     * @param failure libtorch's words, for instance {@code CUDA out of memory. … of which 138.95 GiB is free. …}
     */
    static OptionalLong toldBy(String failure) {
        Matcher free = FREE.matcher(failure);
        if (!free.find()) {
            return OptionalLong.empty();
        }
        int shift = switch (free.group(2)) {
            case "GiB" -> 30;
            case "MiB" -> 20;
            case "KiB" -> 10;
            default -> 0;
        };
        return OptionalLong.of((long) (Double.parseDouble(free.group(1)) * (1L << shift)));
    }
}
