package io.sextant.core.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or storage.
 *
 * @param bytes 0 or more
 */
public record MemorySize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(|K|M|G|T)(I?B)?");

    public MemorySize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A memory size must not be negative, was " + bytes);
        }
    }

    /**
     * Reads {@code 1000}, {@code 32M} or {@code 2GiB}: K, M, G and T stand for powers of 1024.
     *
     * @throws IllegalArgumentException if the text has another form or the size does not fit 63 bits
     */
    public static MemorySize of(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no memory size; write a number of bytes, with K, M or G behind it if you like");
        }
        int shift = 10 * " KMGT".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("\"" + text + "\" is more memory than there is");
        }
        return new MemorySize(number << shift);
    }
}
