package io.sextant.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.core.box.PixelBox;
import io.sextant.routes.config.StepSettings;

/** Tells whether a published result document answers a step's question about an image. */
final class EarlierResult {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Boxes in the document are rounded to two decimals. */
    private static final double BOX_ROUNDING = 0.006;

    private EarlierResult() {}

    /** Whether image, task, prompt and box are the same; a text that is no result document answers nothing. */
    static boolean answers(String json, String digest, StepSettings step) {
        try {
            JsonNode document = MAPPER.readTree(json);
            return document.path("image").path("digest").asText().equals(digest)
                    && document.path("task").asText().equals(step.task())
                    && document.path("prompt").asText().equals(step.prompt().strip())
                    && isSameBox(document.path("box"), step);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isSameBox(JsonNode node, StepSettings step) {
        PixelBox box = step.box();
        if (box == null) {
            return node.isMissingNode() || node.isNull();
        }
        return isNear(node, "xMin", box.xMin())
                && isNear(node, "yMin", box.yMin())
                && isNear(node, "xMax", box.xMax())
                && isNear(node, "yMax", box.yMax());
    }

    private static boolean isNear(JsonNode node, String edge, double value) {
        return Math.abs(node.path(edge).asDouble(Double.NaN) - value) <= BOX_ROUNDING;
    }
}
