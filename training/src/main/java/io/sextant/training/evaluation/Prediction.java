package io.sextant.training.evaluation;

import java.util.Objects;

/**
 * What a model wrote for a request.
 *
 * @param annotation the request
 * @param text what was written
 * @param confidence how sure the model was of each part of it
 * @param width of the image in pixels
 * @param height of the image in pixels
 */
record Prediction(Annotation annotation, String text, SpanConfidence confidence, int width, int height) {
    Prediction {
        Objects.requireNonNull(annotation, "annotation");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(confidence, "confidence");
    }
}
