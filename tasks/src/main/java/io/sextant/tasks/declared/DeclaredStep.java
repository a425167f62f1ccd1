package io.sextant.tasks.declared;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a declared task.
 *
 * @param name how later steps and the result call it: lower-case letters and digits, parts joined by '-'
 * @param ask the task that is asked
 * @param prompt its words; {@code {prompt}}, {@code {header.NAME}} and {@code {STEP}} in it are filled in. Empty asks without words
 * @param at the step whose boxes it is asked at, once for each; {@value #GIVEN} for the request's own; null asks once about the whole image
 * @param look what is done with a box
 * @param margin how much more is shown around a box, as a share of its longer side, 0..10
 * @param most boxes asked at, the surest; at least 1
 * @param headers for a task that reads some, by name: templates as the prompt is one; one that comes to nothing is not sent
 */
public record DeclaredStep(
        String name,
        String ask,
        String prompt,
        @Nullable String at,
        Look look,
        double margin,
        int most,
        Map<String, String> headers) {
    /** How a step is asked at the request's own box. */
    public static final String GIVEN = "box";

    static final int USUAL_MOST = 16;
    static final double USUAL_MARGIN = 0.1;

    /** What a step does with a box. */
    public enum Look {
        /** Shows that part of the image alone. */
        PART,
        /** Shows the whole image and asks about the box: for tasks that take one. */
        BOX
    }

    public DeclaredStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ask, "ask");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(look, "look");
        headers = Map.copyOf(headers);
    }

    /** A step without headers. */
    public DeclaredStep(
            String name, String ask, String prompt, @Nullable String at, Look look, double margin, int most) {
        this(name, ask, prompt, at, look, margin, most, Map.of());
    }

    /** A question about the whole image. */
    public static DeclaredStep of(String name, String ask, String prompt) {
        return new DeclaredStep(name, ask, prompt, null, Look.PART, USUAL_MARGIN, USUAL_MOST);
    }

    /** The same question at each box of an earlier step, or at the request's own. */
    public DeclaredStep at(String value) {
        return new DeclaredStep(name, ask, prompt, value, look, margin, most, headers);
    }

    /** The same question with a header, a template as the prompt is one. */
    public DeclaredStep with(String header, String template) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, template);
        return new DeclaredStep(name, ask, prompt, at, look, margin, most, more);
    }

    /** All templates of it. */
    Stream<String> templates() {
        return Stream.concat(Stream.of(prompt), headers.values().stream());
    }

    /** How later steps name what it found. */
    String placeholder() {
        return "{" + name + "}";
    }

    boolean isAtGivenBox() {
        return GIVEN.equals(at);
    }

    /** How often it is asked at most. */
    int questions() {
        return at == null || isAtGivenBox() ? 1 : most;
    }

    /** How many parts of the image it looks at, at most. */
    int parts() {
        return at != null && look == Look.PART ? questions() : 0;
    }
}
