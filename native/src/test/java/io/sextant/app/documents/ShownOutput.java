package io.sextant.app.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a document shows of a command's output. A line {@code ...} stands for any lines, at most once, and {@code …} within a
 * line for any text.
 */
record ShownOutput(List<String> lines) {
    private static final String ANY_LINES = "...";
    private static final String ANY_TEXT = "\u2026";

    ShownOutput {
        lines = List.copyOf(lines);
    }

    /** Whether it shows this output. */
    boolean shows(List<String> printed) {
        return isLeftOut(printed)
                && IntStream.range(0, head()).allMatch(i -> isSame(lines.get(i), printed.get(i)))
                && IntStream.range(0, tail()).allMatch(i -> isSame(fromEnd(lines, i), fromEnd(printed, i)));
    }

    /** The same selection of another output: as many lines from its beginning and end; what is left open stays so. */
    List<String> updated(List<String> printed) {
        if (!lines.contains(ANY_LINES)) {
            List<String> fresh = new ArrayList<>();
            for (int i = 0; i < printed.size(); i++) {
                fresh.add(i < lines.size() && isSame(lines.get(i), printed.get(i)) ? lines.get(i) : printed.get(i));
            }
            return fresh;
        }
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < Math.min(head(), printed.size()); i++) {
            fresh.add(isSame(lines.get(i), printed.get(i)) ? lines.get(i) : printed.get(i));
        }
        fresh.add(ANY_LINES);
        for (int i = Math.min(tail(), printed.size()) - 1; i >= 0; i--) {
            String shown = fromEnd(lines, i);
            fresh.add(isSame(shown, fromEnd(printed, i)) ? shown : fromEnd(printed, i));
        }
        return fresh;
    }

    private boolean isLeftOut(List<String> printed) {
        return lines.contains(ANY_LINES) ? printed.size() >= head() + tail() : printed.size() == lines.size();
    }

    private int head() {
        int open = lines.indexOf(ANY_LINES);
        return open < 0 ? lines.size() : open;
    }

    private int tail() {
        int open = lines.indexOf(ANY_LINES);
        return open < 0 ? 0 : lines.size() - open - 1;
    }

    private static String fromEnd(List<String> all, int distance) {
        return all.get(all.size() - 1 - distance);
    }

    private static boolean isSame(String shown, String printed) {
        String pattern = Pattern.compile(ANY_TEXT)
                .splitAsStream(shown + "\n")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.matches(pattern, printed + "\n");
    }
}
