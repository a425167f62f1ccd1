package io.sextant.tasks.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.tasks.StrictJson;
import io.sextant.tasks.TaskInput.Round;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Earlier rounds as JSON text. */
final class HistoryText {
    private static final Set<String> KEYS = Set.of("task", "prompt", "box", "headers", "text");

    private HistoryText() {}

    /** @throws InvalidRequestException naming the round and what is wrong with it */
    static List<Round> parse(String text) {
        JsonNode array;
        try {
            array = StrictJson.read(text);
        } catch (JsonProcessingException e) {
            throw refused("is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!array.isArray()) {
            throw refused("is no JSON array", null);
        }
        List<Round> rounds = new ArrayList<>();
        for (JsonNode round : array) {
            rounds.add(round(round, "round " + (rounds.size() + 1)));
        }
        return rounds;
    }

    private static Round round(JsonNode round, String where) {
        if (!round.isObject()) {
            throw refused("has a " + where + " that is no object", null);
        }
        for (Iterator<String> keys = round.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw refused("has the unknown key \"" + key + "\" in " + where, null);
            }
        }
        if (!round.path("task").isTextual() || !round.path("text").isTextual()) {
            throw refused("lacks the text \"task\" or \"text\" in " + where, null);
        }
        return new Round(
                round.path("task").asText(),
                round.path("prompt").asText(""),
                box(round.get("box"), where),
                round.path("text").asText(),
                headers(round.path("headers"), where));
    }

    private static Map<String, String> headers(JsonNode headers, String where) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (!header.getValue().isTextual()) {
                throw refused("has in " + where + " the header \"" + header.getKey() + "\", which is no text", null);
            }
            values.put(header.getKey(), header.getValue().asText());
        }
        return values;
    }

    private static @Nullable PixelBox box(@Nullable JsonNode box, String where) {
        if (box == null || box.isNull()) {
            return null;
        }
        try {
            return PixelBox.parse(box.toString());
        } catch (IllegalArgumentException e) {
            throw refused("has in " + where + " a wrong box, " + e.getMessage(), e);
        }
    }

    private static InvalidRequestException refused(String what, @Nullable Throwable cause) {
        return new InvalidRequestException(
                "The history in header " + SextantHeaders.HISTORY + " " + what + "; write [{\"task\": …, \"prompt\": …,"
                        + " \"box\": [xMin, yMin, xMax, yMax], \"text\": what the model wrote}, …], oldest round first;"
                        + " prompt and box may be left out.",
                cause);
    }
}
