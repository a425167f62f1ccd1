package io.sextant.core.internal.draw;

import java.util.ArrayList;
import java.util.List;

/** Fits text into lines of a given width. */
final class TextLines {
    private static final String ELLIPSIS = "\u2026";

    private TextLines() {}

    /** The line, or its beginning with an ellipsis where it is too wide. */
    static String shortened(String text, double width, double size, LabelFont font) {
        int end = fittingEnd(text, width, size, font);
        if (end == text.length()) {
            return text;
        }
        int shorter = fittingEnd(text, width - font.width(ELLIPSIS, size), size, font);
        return text.substring(0, shorter).strip() + ELLIPSIS;
    }

    /**
     * Breaks text at blanks, at its own line breaks, and within words that are wider than a line.
     *
     * @param most lines; the last gets an ellipsis where there are more
     */
    static List<String> wrapped(String text, double width, double size, int most, LabelFont font) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R", most + 1)) {
            String rest = LabelFont.printable(paragraph);
            do {
                if (lines.size() == most) {
                    String last = lines.get(most - 1);
                    lines.set(most - 1, shortened(last + " " + ELLIPSIS.repeat(2), width, size, font));
                    return lines;
                }
                int end = lineEnd(rest, width, size, font);
                lines.add(rest.substring(0, end).strip());
                rest = rest.substring(end).strip();
            } while (!rest.isEmpty());
        }
        return lines;
    }

    private static int lineEnd(String text, double width, double size, LabelFont font) {
        int end = fittingEnd(text, width, size, font);
        if (end == text.length() || text.charAt(end) == ' ') {
            return end;
        }
        int blank = text.lastIndexOf(' ', end);
        if (blank > 0) {
            return blank;
        }
        return Math.max(end, Character.charCount(text.codePointAt(0)));
    }

    private static int fittingEnd(String text, double width, double size, LabelFont font) {
        double used = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            used += font.advance(point, size);
            if (used > width) {
                return at;
            }
            at += Character.charCount(point);
        }
        return at;
    }
}
