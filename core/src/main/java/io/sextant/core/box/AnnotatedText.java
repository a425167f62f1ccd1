package io.sextant.core.box;

import java.util.List;
import java.util.Objects;

/**
 * A model's answer, taken apart: plain words, phrases with their boxes, boxes without a phrase, and what makes no sense.
 *
 * <p>The spans stand in the order of the text and cover it without a gap, so nothing the model wrote is lost.
 *
 * @param text what the model wrote
 * @param spans its parts in order
 */
public record AnnotatedText(String text, List<Span> spans) {
    public AnnotatedText {
        Objects.requireNonNull(text, "text");
        spans = List.copyOf(spans);
    }

    /**
     * Takes a text apart. Never throws: what is no well-formed phrase or box becomes {@link Malformed} or {@link Plain}, and
     * well-formed neighbours are kept. Takes time proportional to the length of the text.
     *
     * @param text what the model wrote, of any length
     */
    public static AnnotatedText parse(String text) {
        return new AnnotatedText(text, List.of(new Plain(text, 0, text.length())));
    }

    /** The words without tags and boxes: plain spans and phrases, runs of white space made one blank, ends stripped. */
    public String plainText() {
        return text;
    }

    /** The phrases in order, with and without boxes. */
    public List<Phrase> phrases() {
        return List.of();
    }

    /** Every box in order, of phrases and bare ones alike. */
    public List<WrittenBox> boxes() {
        return List.of();
    }

    /** The parts that are neither words nor well-formed, in order. */
    public List<Malformed> malformed() {
        return List.of();
    }

    /** One part of a text. Offsets are those of {@link String#charAt}: start inclusive, end exclusive. */
    public sealed interface Span {
        /** Index of the span's first character. */
        int start();

        /** Index after the span's last character. */
        int end();
    }

    /**
     * Words outside of any tag.
     *
     * @param text as written
     * @param start index of its first character
     * @param end index after its last character
     */
    public record Plain(String text, int start, int end) implements Span {
        public Plain {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A phrase, {@code <p>words</p>}, and the boxes written after it.
     *
     * @param text the words without tags, ends stripped
     * @param boxes none if no well-formed box follows
     * @param start index of {@code <p>}
     * @param end index after the last box, or after {@code </p>} if there is none
     */
    public record Phrase(String text, List<WrittenBox> boxes, int start, int end) implements Span {
        public Phrase {
            Objects.requireNonNull(text, "text");
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * Boxes that belong to no phrase, as the answer of referring expression comprehension is.
     *
     * @param boxes one, or several joined by {@code <delim>}
     * @param start index of the first brace
     * @param end index after the last brace
     */
    public record BareBoxes(List<WrittenBox> boxes, int start, int end) implements Span {
        public BareBoxes {
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * A tag or box that cannot be read.
     *
     * @param text as written
     * @param reason what is wrong, for people
     * @param start index of its first character
     * @param end index after its last character
     */
    public record Malformed(String text, String reason, int start, int end) implements Span {
        public Malformed {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A box and where it stands in the text, so that its confidence can be asked for.
     *
     * @param box the four numbers
     * @param start index of its opening brace
     * @param end index after its closing brace
     */
    public record WrittenBox(BinBox box, int start, int end) {
        public WrittenBox {
            Objects.requireNonNull(box, "box");
        }
    }
}
