package io.sextant.tasks.declared;

import io.sextant.core.box.BinBox;
import io.sextant.core.prompt.PromptSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template cut into its parts. The words around the placeholders are the task's own; what fills them stays the user's.
 *
 * @param parts literal words, and the two placeholders
 */
record Template(List<String> parts) {
    private static final String PROMPT = "{prompt}";
    private static final String BOX = "{box}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_-]*\\}");

    Template {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Template parse(String template) {
        String text = template.strip();
        List<String> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String placeholder = matcher.group();
            if (!placeholder.equals(PROMPT) && !placeholder.equals(BOX)) {
                throw new IllegalArgumentException(
                        "It has the unknown placeholder " + placeholder + "; allowed are {prompt} and {box}.");
            }
            if (parts.contains(placeholder)) {
                throw new IllegalArgumentException("It has " + placeholder + " twice; write it once.");
            }
            addLiteral(parts, text.substring(end, matcher.start()));
            parts.add(placeholder);
            end = matcher.end();
        }
        addLiteral(parts, text.substring(end));
        return new Template(parts);
    }

    private static void addLiteral(List<String> parts, String literal) {
        if (!literal.isEmpty()) {
            parts.add(literal);
        }
    }

    boolean hasPrompt() {
        return parts.contains(PROMPT);
    }

    boolean hasBox() {
        return parts.contains(BOX);
    }

    boolean isBlank() {
        return parts.stream().allMatch(String::isBlank);
    }

    List<PromptSegment> fill(PromptSegment prompt, @Nullable BinBox box) {
        List<PromptSegment> segments = new ArrayList<>();
        for (String part : parts) {
            if (part.equals(PROMPT)) {
                segments.add(prompt);
            } else if (part.equals(BOX)) {
                segments.add(PromptSegment.box(Objects.requireNonNull(box, "box")));
            } else {
                segments.add(PromptSegment.literal(part));
            }
        }
        return segments;
    }
}
