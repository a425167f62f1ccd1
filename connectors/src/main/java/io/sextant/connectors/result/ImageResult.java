package io.sextant.connectors.result;

import io.sextant.connectors.message.ImageRequest;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The result of one step for one image, ready to be published. */
public final class ImageResult {
    private final String name;
    private final String step;
    private final ResultIdentity identity;
    private final Supplier<String> json;
    private final Supplier<String> compactJson;
    private final byte @Nullable [] drawing;

    /**
     * @param name as {@link ImageRequest#name()}
     * @param step the step's name
     * @param identity what the result is known by
     * @param json the result as JSON, for people
     * @param compactJson the same on one line, for messages
     * @param drawing a PNG file with the findings drawn on the image, or null; the result takes ownership
     */
    public ImageResult(
            String name,
            String step,
            ResultIdentity identity,
            String json,
            String compactJson,
            byte @Nullable [] drawing) {
        this(name, step, identity, () -> json, () -> compactJson, drawing);
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(compactJson, "compactJson");
    }

    /** The same, with each form of the document written only for sinks that ask for it. */
    public ImageResult(
            String name,
            String step,
            ResultIdentity identity,
            Supplier<String> json,
            Supplier<String> compactJson,
            byte @Nullable [] drawing) {
        this.name = Objects.requireNonNull(name, "name");
        this.step = Objects.requireNonNull(step, "step");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.json = Objects.requireNonNull(json, "json");
        this.compactJson = Objects.requireNonNull(compactJson, "compactJson");
        this.drawing = drawing;
    }

    /** The image, by the name no other of its source has. */
    public String name() {
        return name;
    }

    /** The step's name. */
    public String step() {
        return step;
    }

    /** What the result is known by. */
    public ResultIdentity identity() {
        return identity;
    }

    /**
     * Tells this publication from all others of the pipeline: 64 hex digits that are the same whenever the same message is
     * answered again with the same result, and differ by message, image and step, while {@link ResultIdentity#id()} is the same
     * for every message that asks the same question about the same image.
     */
    public String eventId() {
        return DigestUtils.sha256Hex(
                "sextant-event-v1\n" + identity.id() + "\n" + step.length() + ":" + step + "\n" + name);
    }

    /** The result as JSON, indented for people. */
    public String json() {
        return json.get();
    }

    /** The same JSON on one line, for messages. */
    public String compactJson() {
        return compactJson.get();
    }

    /** A PNG file with the findings drawn on the image, or null where none is wanted. Shared: callers must not write to it. */
    public byte @Nullable [] drawing() {
        return drawing;
    }
}
