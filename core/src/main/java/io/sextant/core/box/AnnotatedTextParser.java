package io.sextant.core.box;

import io.sextant.core.box.AnnotatedText.BareBoxes;
import io.sextant.core.box.AnnotatedText.Malformed;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.box.AnnotatedText.Plain;
import io.sextant.core.box.AnnotatedText.Span;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import java.util.ArrayList;
import java.util.List;

/** Reads the grammar of an answer. One instance reads one text. */
final class AnnotatedTextParser {
    /*
     * text   = { phrase | boxes | malformed | plain character }
     * phrase = "<p>" words "</p>" [ boxes ]       words hold neither "<p>" nor a well-formed box
     * boxes  = box { [ "<delim>" ] box }          white space and further "<delim>" between the pieces are let pass
     * box    = "{" "<" n ">" "<" n ">" "<" n ">" "<" n ">" "}"   white space between the pieces is let pass; n = 0..100
     *
     * A phrase or box that cannot be completed gives up its first tag as malformed, and reading goes on right behind it. Any
     * look ahead ends at the next tag or brace of its own kind, or after a fixed length, so the whole takes linear time.
     */
    private static final String OPEN = "<p>";
    private static final String CLOSE = "</p>";
    private static final String DELIMITER = "<delim>";
    private static final int LONGEST_JUNK = 64;
    private static final int TOO_LARGE = 1000;

    private final String text;
    private final List<Span> spans = new ArrayList<>();
    private final List<Malformed> malformed = new ArrayList<>();
    private int plainStart;

    AnnotatedTextParser(String text) {
        this.text = text;
    }

    AnnotatedText parse() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = c == '<' ? tag(at) : c == '{' ? bareBoxes(at) : at;
            if (next == at) {
                at++;
            } else {
                at = next;
                plainStart = next;
            }
        }
        endPlain(at);
        return new AnnotatedText(text, spans, malformed);
    }

    /** Reads what begins with a tag; gives the index behind it, or the same index if this is no tag. */
    private int tag(int at) {
        if (text.startsWith(OPEN, at)) {
            int close = endOfWords(at + OPEN.length());
            return close < 0 ? addMalformed(at, at + OPEN.length(), "<p> is not closed") : phrase(at, close);
        }
        if (text.startsWith(CLOSE, at)) {
            return addMalformed(at, at + CLOSE.length(), "</p> closes nothing");
        }
        if (text.startsWith(DELIMITER, at)) {
            return addMalformed(at, at + DELIMITER.length(), "<delim> joins nothing");
        }
        return at;
    }

    private int endOfWords(int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '<' && text.startsWith(CLOSE, at)) {
                return at;
            }
            boolean isInterrupted =
                    c == '<' ? text.startsWith(OPEN, at) : c == '{' && boxAt(at).isWellFormed();
            if (isInterrupted) {
                return -1;
            }
        }
        return -1;
    }

    private int phrase(int open, int close) {
        endPlain(open);
        List<WrittenBox> boxes = new ArrayList<>();
        int end = boxList(close + CLOSE.length(), boxes);
        spans.add(new Phrase(text.substring(open + OPEN.length(), close).strip(), boxes, open, end));
        return end;
    }

    private int bareBoxes(int at) {
        BoxPart first = boxAt(at);
        if (!first.looksLikeBox()) {
            return at;
        }
        if (!first.isWellFormed()) {
            return addMalformed(at, first.end(), first.problem());
        }
        endPlain(at);
        List<WrittenBox> boxes = new ArrayList<>();
        int end = boxList(at, boxes);
        spans.add(new BareBoxes(boxes, at, end));
        return end;
    }

    /** Collects the boxes that follow; gives the index behind the last one, or where it began if there is none. */
    private int boxList(int start, List<WrittenBox> boxes) {
        int end = start;
        int at = start;
        while (true) {
            at = skipWhiteSpace(at);
            if (text.startsWith(DELIMITER, at)) {
                at += DELIMITER.length();
                continue;
            }
            BoxPart part = at < text.length() && text.charAt(at) == '{' ? boxAt(at) : BoxPart.NONE;
            if (!part.looksLikeBox()) {
                return end;
            }
            if (part.isWellFormed()) {
                boxes.add(new WrittenBox(part.box(), at, part.end()));
            } else {
                malformed.add(new Malformed(text.substring(at, part.end()), part.problem(), at, part.end()));
            }
            at = part.end();
            end = at;
        }
    }

    private int addMalformed(int start, int end, String problem) {
        endPlain(start);
        Malformed part = new Malformed(text.substring(start, end), problem, start, end);
        spans.add(part);
        malformed.add(part);
        return end;
    }

    private void endPlain(int end) {
        if (end > plainStart) {
            spans.add(new Plain(text.substring(plainStart, end), plainStart, end));
        }
        plainStart = end;
    }

    /** Reads a box at a brace. */
    private BoxPart boxAt(int brace) {
        int at = skipWhiteSpace(brace + 1);
        if (at >= text.length() || text.charAt(at) != '<') {
            return BoxPart.NONE;
        }
        int[] numbers = new int[4];
        int count = 0;
        while (count < 4 && at < text.length() && text.charAt(at) == '<') {
            int digits = skipWhiteSpace(at + 1);
            int digitsEnd = digits;
            int value = 0;
            while (digitsEnd < text.length() && isDigit(text.charAt(digitsEnd))) {
                value = Math.min(TOO_LARGE, 10 * value + text.charAt(digitsEnd) - '0');
                digitsEnd++;
            }
            int closing = skipWhiteSpace(digitsEnd);
            if (digitsEnd == digits || closing >= text.length() || text.charAt(closing) != '>') {
                return notABox(brace, "a box is four numbers like {<0><0><100><100>}");
            }
            numbers[count++] = value;
            at = skipWhiteSpace(closing + 1);
        }
        if (at >= text.length()) {
            return notABox(brace, "the box is unfinished");
        }
        if (count < 4 || text.charAt(at) != '}') {
            return notABox(
                    brace, count < 4 ? "the box has fewer than four numbers" : "the box has no end after four numbers");
        }
        if (BinBox.isValid(numbers[0], numbers[1], numbers[2], numbers[3])) {
            return new BoxPart(new BinBox(numbers[0], numbers[1], numbers[2], numbers[3]), at + 1, "");
        }
        boolean isBeyond =
                Math.max(Math.max(numbers[0], numbers[1]), Math.max(numbers[2], numbers[3])) > BinBox.MAX_BIN;
        return new BoxPart(
                BoxPart.NO_BOX, at + 1, isBeyond ? "a number is over " + BinBox.MAX_BIN : "the box is inside out");
    }

    /** How far the wreck of a box goes: to its closing brace if that is near, else as far as the characters are a box's. */
    private BoxPart notABox(int brace, String problem) {
        int run = brace + 1;
        for (int at = brace + 1; at < text.length() && at - brace <= LONGEST_JUNK; at++) {
            char c = text.charAt(at);
            if (c == '}') {
                return new BoxPart(BoxPart.NO_BOX, at + 1, problem);
            }
            if (c == '{' || (c == '<' && isTag(at))) {
                break;
            }
            boolean isOfBox = c == '<' || c == '>' || c == '-' || isDigit(c);
            if (isOfBox && run == at) {
                run = at + 1;
            }
        }
        return new BoxPart(BoxPart.NO_BOX, run, problem);
    }

    private boolean isTag(int at) {
        return text.startsWith(OPEN, at) || text.startsWith(CLOSE, at) || text.startsWith(DELIMITER, at);
    }

    private int skipWhiteSpace(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * What stands at a brace.
     *
     * @param box the box, or {@link #NO_BOX} where it is malformed
     * @param end index behind it; -1 if this is no attempt at a box
     * @param problem empty for a well-formed box
     */
    private record BoxPart(BinBox box, int end, String problem) {
        static final BinBox NO_BOX = new BinBox(0, 0, 0, 0);
        static final BoxPart NONE = new BoxPart(NO_BOX, -1, "no box");

        boolean looksLikeBox() {
            return end >= 0;
        }

        boolean isWellFormed() {
            return problem.isEmpty();
        }
    }
}
