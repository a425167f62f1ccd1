package io.sextant.tasks.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a task's results look like, so that whoever asks it knows beforehand what to read. Written out as JSON Schema (2020-12) of the
 * {@code result} of its documents wherever tasks are described.
 *
 * @param shapes one of which each result has; at least one
 * @since 0.1
 */
public record ResultSchema(List<Shape> shapes) {
    private static final String CUSTOM = "custom";
    private static final ResultSchema TEXT = ofType("text");
    private static final ResultSchema CAPTION = ofType("caption");
    private static final ResultSchema ANSWER = ofType("answer");
    private static final ResultSchema PHRASES = ofType("phrases");
    private static final ResultSchema BOXES = ofType("boxes");
    private static final ResultSchema NUMBER = ofType("number");
    private static final ResultSchema MALFORMED = ofType("malformed");
    private static final ResultSchema ANY = TEXT.or(CAPTION)
            .or(ANSWER)
            .or(PHRASES)
            .or(BOXES)
            .or(NUMBER)
            .or(MALFORMED)
            .or(ofType(CUSTOM));

    public ResultSchema {
        shapes = List.copyOf(new LinkedHashSet<>(shapes));
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("A result has at least one shape");
        }
    }

    /**
     * One shape of results.
     *
     * @param type the document's {@code result.type}
     * @param answers the only texts there are, where they are a closed set; else empty
     * @param schemaId names the schema of a {@link TaskResult.Custom}'s object; empty for other types, and where any is possible
     * @param object that schema, JSON text; empty for other types, and where any object is possible
     */
    public record Shape(String type, List<String> answers, String schemaId, String object) {
        public Shape {
            Objects.requireNonNull(type, "type");
            answers = List.copyOf(new LinkedHashSet<>(answers));
            Objects.requireNonNull(schemaId, "schemaId");
            Objects.requireNonNull(object, "object");
        }
    }

    /** {@link TaskResult.Text}. */
    public static ResultSchema text() {
        return TEXT;
    }

    /** {@link TaskResult.Caption}. */
    public static ResultSchema caption() {
        return CAPTION;
    }

    /** {@link TaskResult.Answer}. */
    public static ResultSchema answer() {
        return ANSWER;
    }

    /** {@link TaskResult.Answer} of a closed set. */
    public static ResultSchema answer(List<String> answers) {
        return new ResultSchema(List.of(new Shape("answer", answers, "", "")));
    }

    /** {@link TaskResult.Phrases}. */
    public static ResultSchema phrases() {
        return PHRASES;
    }

    /** {@link TaskResult.Boxes}. */
    public static ResultSchema boxes() {
        return BOXES;
    }

    /** {@link TaskResult.Number}. */
    public static ResultSchema number() {
        return NUMBER;
    }

    /** {@link TaskResult.Malformed}: put it beside what a task promises, where an answer may be something else. */
    public static ResultSchema malformed() {
        return MALFORMED;
    }

    /** Whatever there is: of a task that says nothing of its results. */
    public static ResultSchema any() {
        return ANY;
    }

    /**
     * {@link TaskResult.Custom}.
     *
     * @param schemaId as its results say it
     * @param json the JSON Schema (2020-12) of the object; a task whose schema is no JSON object is left out at start
     */
    public static ResultSchema custom(String schemaId, String json) {
        return new ResultSchema(List.of(new Shape(CUSTOM, List.of(), schemaId, json)));
    }

    /**
     * {@link TaskResult.Custom}, whose schema lies in a jar.
     *
     * @param schemaId as its results say it
     * @param owner a class of that jar
     * @param resource beside that class, or from the top where it begins with {@code /}
     * @throws IllegalArgumentException if there is none
     */
    public static ResultSchema customFrom(String schemaId, Class<?> owner, String resource) {
        try (InputStream json = owner.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalArgumentException("The schema \"" + schemaId + "\" is to lie in \"" + resource
                        + "\", which is not in the jar of " + owner.getName());
            }
            return custom(schemaId, new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("The schema \"" + schemaId + "\" cannot be read from " + resource, e);
        }
    }

    /** These shapes, and those of another. */
    public ResultSchema or(ResultSchema other) {
        List<Shape> both = new ArrayList<>(shapes);
        both.addAll(other.shapes());
        return new ResultSchema(both);
    }

    /** Whether a result is of one of these types, and a plugin's own of this schema. Says nothing of what is inside of it. */
    public boolean allows(TaskResult result) {
        String type = result.getClass().getSimpleName();
        return shapes.stream()
                .filter(shape -> shape.type().equalsIgnoreCase(type))
                .anyMatch(shape -> shape.schemaId().isEmpty()
                        || (result instanceof TaskResult.Custom custom
                                && custom.schemaId().equals(shape.schemaId())));
    }

    @Override
    public String toString() {
        return shapes.stream()
                .map(shape -> shape.schemaId().isEmpty() ? shape.type() : shape.schemaId())
                .collect(Collectors.joining("|"));
    }

    private static ResultSchema ofType(String type) {
        return new ResultSchema(List.of(new Shape(type, List.of(), "", "")));
    }
}
