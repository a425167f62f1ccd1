package io.sextant.core.internal.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as the reference's demo reads it (demo_v2.py, {@code visualize_all_bbox_together}): two phrases glued together are
 * both lost, a phrase without box swallows the next one, any further number in the text hides a single box, and numbers
 * outside 0..100 pass.
 *
 * @param kind what was found
 * @param entities phrase to boxes, in order of first appearance; for a single box the phrase is empty
 * @param colouredText the text as HTML with coloured phrases; empty for a single box
 */
public record DemoAnswer(Kind kind, Map<String, List<Box>> entities, String colouredText) {
    /** What the demo found in a text. */
    public enum Kind {
        NOTHING,
        SINGLE_BOX,
        PHRASES
    }

    /** The colours of phrases, red, green and blue, taken in turn. */
    public static final List<List<Integer>> COLOURS = List.of(
            List.of(255, 0, 0),
            List.of(0, 255, 0),
            List.of(0, 0, 255),
            List.of(210, 210, 0),
            List.of(255, 0, 255),
            List.of(0, 255, 255),
            List.of(114, 128, 250),
            List.of(0, 165, 255),
            List.of(0, 128, 0),
            List.of(144, 238, 144),
            List.of(238, 238, 175),
            List.of(255, 191, 0),
            List.of(0, 128, 0),
            List.of(226, 43, 138),
            List.of(255, 0, 255),
            List.of(0, 215, 255));

    /** The demo draws on an image of this width. */
    public static final int DRAWN_WIDTH = 500;

    private static final Pattern ENTITY = Pattern.compile("<p>(.*?)\\}(?!<)", Pattern.UNIX_LINES);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BOX_OR_DELIMITER = Pattern.compile("\\{<\\d+><\\d+><\\d+><\\d+>\\}|<delim>");
    private static final Pattern TAGGED = Pattern.compile("<p>(.*?)</p>", Pattern.UNIX_LINES);

    /** Reads an answer. */
    public static DemoAnswer parse(String answer) {
        String text = DemoText.unescapeHtml(answer);
        List<String> substrings = entityTexts(text);
        Map<String, List<Box>> entities = new LinkedHashMap<>();
        if (substrings.isEmpty()) {
            Box.ofNumbersIn(text).ifPresent(box -> entities.put("", List.of(box)));
            return new DemoAnswer(entities.isEmpty() ? Kind.NOTHING : Kind.SINGLE_BOX, entities, "");
        }
        for (String substring : substrings) {
            String[] parts = substring.split("</p>", -1);
            if (parts.length == 2) {
                for (String part : parts[1].split("<delim>", -1)) {
                    Box.ofNumbersIn(part)
                            .ifPresent(box -> entities.computeIfAbsent(parts[0], phrase -> new ArrayList<>())
                                    .add(box));
                }
            }
        }
        return entities.isEmpty()
                ? new DemoAnswer(Kind.NOTHING, entities, "")
                : new DemoAnswer(Kind.PHRASES, entities, coloured(text));
    }

    /** What the demo takes for phrases with boxes: from {@code <p>} to a brace that no angle bracket follows. */
    public static List<String> entityTexts(String text) {
        int lastBrace = text.lastIndexOf('}');
        String whole = lastBrace < 0 ? text : text.substring(0, lastBrace + 1);
        return ENTITY.matcher(whole).results().map(match -> match.group(1)).toList();
    }

    /** Every box in drawing order. */
    public List<Box> boxes() {
        return entities.values().stream().flatMap(Collection::stream).toList();
    }

    /** The colour of every box in drawing order: one for each phrase. */
    public List<List<Integer>> boxColours() {
        List<List<Integer>> colours = new ArrayList<>();
        int entity = 0;
        for (List<Box> boxes : entities.values()) {
            for (int i = 0; i < boxes.size(); i++) {
                colours.add(COLOURS.get(entity % COLOURS.size()));
            }
            entity++;
        }
        return colours;
    }

    /** The height of the image the demo draws on. */
    public static int drawnHeight(int width, int height) {
        return (int) ((double) DRAWN_WIDTH / width * height);
    }

    /** Colours go by occurrence here, so they part from the boxes' where a phrase comes twice. */
    private static String coloured(String text) {
        Matcher tagged = TAGGED.matcher(BOX_OR_DELIMITER.matcher(text).replaceAll(""));
        StringBuilder html = new StringBuilder();
        int occurrence = 0;
        while (tagged.find()) {
            List<Integer> colour = COLOURS.get(occurrence++ % COLOURS.size());
            String rgb = colour.get(0) + ", " + colour.get(1) + ", " + colour.get(2);
            String span = "<span style=\"color:rgb(" + rgb + ")\">" + tagged.group(1) + "</span>";
            tagged.appendReplacement(html, Matcher.quoteReplacement(span));
        }
        return tagged.appendTail(html).toString();
    }

    /** Four numbers as written; they need neither be in 0..100 nor in order. */
    public record Box(long xMin, long yMin, long xMax, long yMax) {
        static Optional<Box> ofNumbersIn(String text) {
            List<Long> numbers = NUMBER.matcher(text)
                    .results()
                    .limit(5)
                    .map(match -> number(match.group()))
                    .toList();
            return numbers.size() == 4
                    ? Optional.of(new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)))
                    : Optional.empty();
        }

        /** Edges on an image of the given size: left, upper, right, lower. */
        public List<Double> on(int width, int height) {
            return List.of(xMin / 100.0 * width, yMin / 100.0 * height, xMax / 100.0 * width, yMax / 100.0 * height);
        }

        private static long number(String digits) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) { // too long for any image
                return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        }
    }
}
