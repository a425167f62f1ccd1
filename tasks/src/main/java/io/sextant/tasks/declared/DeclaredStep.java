package io.sextant.tasks.declared;

import java.util.Objects;
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
 */
public record DeclaredStep(
        String name, String ask, String prompt, @Nullable String at, Look look, double margin, int most) {
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
    }

    /** A question about the whole image. */
    public static DeclaredStep of(String name, String ask, String prompt) {
        return new DeclaredStep(name, ask, prompt, null, Look.PART, USUAL_MARGIN, USUAL_MOST);
    }

    /** The same question at each box of an earlier step, or at the request's own. */
    public DeclaredStep at(String value) {
        return new DeclaredStep(name, ask, prompt, value, look, margin, most);
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
