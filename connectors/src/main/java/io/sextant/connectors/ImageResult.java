package io.sextant.connectors;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of one step for one picture, ready to be published. */
public final class ImageResult {
    private final String imageName;
    private final String step;
    private final String json;
    private final byte @Nullable [] drawing;

    /**
     * @param imageName as {@link ImageDelivery#name()}
     * @param step the step's name
     * @param json the result
     * @param drawing a PNG file with the findings drawn on the picture, or null; the result takes ownership
     */
    public ImageResult(String imageName, String step, String json, byte @Nullable [] drawing) {
        this.imageName = Objects.requireNonNull(imageName, "imageName");
        this.step = Objects.requireNonNull(step, "step");
        this.json = Objects.requireNonNull(json, "json");
        this.drawing = drawing;
    }

    /** The picture, as its delivery names it. */
    public String imageName() {
        return imageName;
    }

    /** The step's name. */
    public String step() {
        return step;
    }

    /** The result as JSON. */
    public String json() {
        return json;
    }

    /** A PNG file with the findings drawn on the picture, or null where none is wanted. Shared: callers must not write to it. */
    public byte @Nullable [] drawing() {
        return drawing;
    }
}
