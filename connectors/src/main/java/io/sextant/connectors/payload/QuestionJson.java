package io.sextant.connectors.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.box.PixelBox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps, turns and boxes of a JSON request. */
final class QuestionJson {
    private static final Set<String> STEP_KEYS = Set.of("name", "task", "prompt", "box", "maxNewTokens", "headers");

    private final JsonRequest json;

    QuestionJson(JsonRequest json) {
        this.json = json;
    }

    /** @param where the list's name, {@code steps} or {@code turns} */
    List<StepRequest> steps(@Nullable JsonNode list, String where) {
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw json.refused(where + " must be a list of at least one object");
        }
        List<StepRequest> steps = new ArrayList<>();
        for (JsonNode step : list) {
            steps.add(step(step, where + "[" + steps.size() + "]"));
        }
        return steps;
    }

    private StepRequest step(JsonNode step, String where) {
        json.requireObject(step, where, STEP_KEYS);
        String task = json.text(step, "task", where);
        if (task == null) {
            throw json.refused(where + ".task is missing");
        }
        String prompt = json.text(step, "prompt", where);
        return new StepRequest(
                json.text(step, "name", where),
                task,
                prompt == null ? "" : prompt,
                box(step.get("box"), where + ".box"),
                maxNewTokens(step.get("maxNewTokens"), where),
                headers(step.get("headers"), where + ".headers"));
    }

    private Map<String, String> headers(@Nullable JsonNode headers, String where) {
        if (headers == null || headers.isNull()) {
            return Map.of();
        }
        if (!headers.isObject()) {
            throw json.refused(where + " must be an object of texts");
        }
        Map<String, String> values = new HashMap<>();
        headers.properties().forEach(header -> {
            if (!header.getValue().isTextual()) {
                throw json.refused(where + " must be an object of texts");
            }
            values.put(header.getKey(), header.getValue().asText());
        });
        return values;
    }

    private @Nullable Integer maxNewTokens(@Nullable JsonNode tokens, String where) {
        if (tokens == null || tokens.isNull()) {
            return null;
        }
        if (!tokens.canConvertToInt() || !tokens.isIntegralNumber() || tokens.asInt() < 1) {
            throw json.refused(where + ".maxNewTokens must be a whole number of at least 1");
        }
        return tokens.asInt();
    }

    @Nullable
    PixelBox box(@Nullable JsonNode box, String where) {
        return box == null || box.isNull() ? null : box(box.toString(), where);
    }

    /** A box as text, {@code xMin,yMin,xMax,yMax}, also in square brackets. */
    PixelBox box(String text, String where) {
        try {
            return PixelBox.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.refused(where + "=" + e.getMessage());
        }
    }
}
