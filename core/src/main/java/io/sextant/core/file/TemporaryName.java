package io.sextant.core.file;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names of contents that are still being written. No two are alike, whichever process made them, and on whichever machine. */
public final class TemporaryName {
    /** Two numbers: random ones, and in files of earlier versions a process and a count. */
    private static final Pattern TEMPORARY = Pattern.compile("\\.sextant-[0-9a-f]{1,19}-[0-9a-f]{1,19}\\.tmp");

    private TemporaryName() {}

    static String random() {
        UUID numbers = UUID.randomUUID();
        return String.format(
                ".sextant-%016x-%016x.tmp", numbers.getMostSignificantBits(), numbers.getLeastSignificantBits());
    }

    /** Whether a file name is that of a content still being written. */
    public static boolean is(String fileName) {
        return TEMPORARY.matcher(fileName).matches();
    }
}
