package io.sextant.core.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of contents that are still being written: they tell which process writes them. */
public final class TemporaryName {
    private static final Pattern TEMPORARY = Pattern.compile("\\.sextant-(\\d{1,18})-\\d+\\.tmp");

    private TemporaryName() {}

    static String of(long processId, long count) {
        return ".sextant-" + processId + "-" + count + ".tmp";
    }

    /** Whether a file name is that of a content still being written. */
    public static boolean is(String fileName) {
        return TEMPORARY.matcher(fileName).matches();
    }

    /** Whether nobody writes this content any more: its process is this one, which has yet to begin, or has ended. */
    static boolean isLeftover(String fileName) {
        Matcher matcher = TEMPORARY.matcher(fileName);
        if (!matcher.matches()) {
            return false;
        }
        long writer = Long.parseLong(matcher.group(1));
        return writer == ProcessHandle.current().pid()
                || ProcessHandle.of(writer).isEmpty();
    }
}
