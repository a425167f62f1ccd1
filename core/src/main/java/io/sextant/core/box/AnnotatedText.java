package io.sextant.core.box;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model's answer, taken apart: plain words, phrases with their boxes, boxes without a phrase, and what makes no sense.
 *
 * <p>The spans stand in the order of the text and cover it without a gap, so nothing the model wrote is lost.
 *
 * @param text what the model wrote
 * @param spans its parts in order
 * @param malformed every part that looks like a tag or box and is none, in order; also those within a phrase's list of boxes
 */
public record AnnotatedText(String text, List<Span> spans, List<Malformed> malformed) {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s++");

    public AnnotatedText {
        Objects.requireNonNull(text, "text");
        spans = List.copyOf(spans);
        malformed = List.copyOf(malformed);
    }

    /**
     * Takes a text apart. Never throws: what is no well-formed phrase or box becomes {@link Malformed} or {@link Plain}, and
     * well-formed neighbours are kept. Takes time proportional to the length of the text.
     *
     * @param text what the model wrote, of any length
     */
    public static AnnotatedText parse(String text) {
        return new AnnotatedTextParser(text).parse();
    }

    /**
     * Writes a phrase with its boxes as the model does: {@code <p>phrase</p> {…}<delim>{…}}, or without the part after
     * {@code </p>} if there is no box.
     *
     * @param phrase without {@code <p>}, {@code </p>} or a box
     * @param boxes any number
     * @throws IllegalArgumentException if the phrase would not be read back as it is
     */
    public static String write(String phrase, List<BinBox> boxes) {
        String tagged = "<p>" + phrase + "</p>";
        AnnotatedText back = parse(tagged);
        if (back.spans().size() != 1 || !(back.spans().get(0) instanceof Phrase)) {
            throw new IllegalArgumentException("A phrase must not hold tags or boxes, was \"" + phrase + "\"");
        }
        if (boxes.isEmpty()) {
            return tagged;
        }
        return tagged + " " + boxes.stream().map(BinBox::toText).collect(Collectors.joining("<delim>"));
    }

    /** The words without tags and boxes: plain spans and phrases, runs of white space made one blank, ends stripped. */
    public String plainText() {
        StringBuilder words = new StringBuilder();
        for (Span span : spans) {
            if (span instanceof Plain plain) {
                words.append(plain.text());
            } else if (span instanceof Phrase phrase) {
                words.append(phrase.text());
            } else {
                words.append(' ');
            }
        }
        return WHITE_SPACE.matcher(words).replaceAll(" ").strip();
    }

    /** The phrases in order, with and without boxes. */
    public List<Phrase> phrases() {
        return spans.stream()
                .filter(Phrase.class::isInstance)
                .map(Phrase.class::cast)
                .toList();
    }

    /** Every box in order, of phrases and bare ones alike. */
    public List<WrittenBox> boxes() {
        List<WrittenBox> boxes = new ArrayList<>();
        for (Span span : spans) {
            if (span instanceof Phrase phrase) {
                boxes.addAll(phrase.boxes());
            } else if (span instanceof BareBoxes bare) {
                boxes.addAll(bare.boxes());
            }
        }
        return boxes;
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
     * @param boxes at least one; several stand together or are joined by {@code <delim>}
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
