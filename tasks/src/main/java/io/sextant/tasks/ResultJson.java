package io.sextant.tasks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.tasks.spi.TaskResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes an outcome as the published result document ({@code META-INF/sextant/result-v1.schema.json},
 * {@code docs/result-format.md}). Keys always come in the same order and numbers in the same form, so equal outcomes are
 * equal bytes. Immutable.
 */
public final class ResultJson {
    /** Class path resource with the JSON Schema of the document. */
    public static final String SCHEMA_RESOURCE = "META-INF/sextant/result-v1.schema.json";

    /** All on one line, for messages. */
    public static final ResultJson COMPACT = new ResultJson(writer(false), true);

    /** Indented by two blanks with line feeds, for people. */
    public static final ResultJson INDENTED = new ResultJson(writer(true), true);

    private final ObjectWriter writer;
    private final boolean hasTimings;

    private ResultJson(ObjectWriter writer, boolean hasTimings) {
        this.writer = writer;
        this.hasTimings = hasTimings;
    }

    /** The same without {@code timings}: what remains is the same every time the same question is answered. */
    public ResultJson withoutTimings() {
        return new ResultJson(writer, false);
    }

    /**
     * The document as JSON values: maps with text keys, lists, text, numbers, booleans and null.
     *
     * @throws TaskDefectException if a plugin's own result holds anything else
     */
    public Map<String, Object> toMap(TaskOutcome outcome) {
        return new ResultDocument(outcome).toMap(hasTimings);
    }

    /**
     * The document as text.
     *
     * @throws TaskDefectException if a plugin's own result holds what is no JSON value
     */
    public String toText(TaskOutcome outcome) {
        try {
            return writer.writeValueAsString(toMap(outcome));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of JSON values can always be written", e);
        }
    }

    /**
     * A plugin's own object alone, its keys in alphabetical order.
     *
     * @throws TaskDefectException if it holds what is no JSON value
     */
    public String toText(TaskResult.Custom result) {
        try {
            return writer.writeValueAsString(JsonValues.ordered(result.object(), result.schemaId()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of JSON values can always be written", e);
        }
    }

    /**
     * The document in UTF-8.
     *
     * @throws TaskDefectException if a plugin's own result holds what is no JSON value
     */
    public byte[] toBytes(TaskOutcome outcome) {
        return toText(outcome).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectWriter writer(boolean indented) {
        ObjectWriter plain = JsonMapper.builder()
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build()
                .writer();
        if (!indented) {
            return plain;
        }
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return plain.with(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }
}
