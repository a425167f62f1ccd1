package io.sextant.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.core.box.PixelBox;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskRegistry;
import java.util.HashMap;
import java.util.Map;

/** Tells whether a published result document answers a step's question about an image. */
final class EarlierResult {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Boxes in the document are rounded to two decimals. */
    private static final double BOX_ROUNDING = 0.006;

    private EarlierResult() {}

    /** Whether image, task and its version, prompt, box and headers are the same; a text that is no result document answers nothing. */
    static boolean answers(String json, String digest, StepSettings step, TaskRegistry tasks) {
        try {
            JsonNode document = MAPPER.readTree(json);
            return document.path("image").path("digest").asText().equals(digest)
                    && document.path("task")
                            .asText()
                            .equals(tasks.task(step.task()).descriptor().name())
                    && document.path("prompt").asText().equals(step.prompt().strip())
                    && isSameBox(document.path("box"), step)
                    && headers(document).equals(stripped(step.headers()));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Map<String, String> headers(JsonNode document) {
        Map<String, String> headers = new HashMap<>();
        document.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    /** As a document has them. */
    private static Map<String, String> stripped(Map<String, String> headers) {
        Map<String, String> stripped = new HashMap<>(headers);
        stripped.replaceAll((header, value) -> value.strip());
        stripped.values().removeIf(String::isEmpty);
        return stripped;
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
