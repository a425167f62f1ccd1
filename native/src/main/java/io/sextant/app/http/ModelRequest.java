package io.sextant.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import io.sextant.tasks.StrictJson;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which model an operator wants.
 *
 * @param model a path, or the name of the one that comes along
 * @param isDrained whether the earlier model is to go before the new one is loaded
 */
record ModelRequest(String model, boolean isDrained) {
    static final String MODEL = "model";
    static final String DRAIN = "drain";
    private static final Set<String> KEYS = Set.of(MODEL, DRAIN);

    /** @throws InvalidRequestException naming what cannot be understood */
    static ModelRequest of(byte[] body) {
        JsonNode json = parse(body);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            require(
                    KEYS.contains(name),
                    "There is no \"" + ShownText.of(name) + "\"; there are " + new TreeSet<>(KEYS) + ".");
        }
        require(json.path(MODEL).isTextual(), "model must be text: a model folder, or \"embedded\".");
        require(!json.has(DRAIN) || json.path(DRAIN).isBoolean(), "drain must be true or false.");
        return new ModelRequest(json.path(MODEL).asText(), json.path(DRAIN).asBoolean(false));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = StrictJson.read(body);
            require(json != null && json.isObject(), "The body must be a JSON object.");
            return json;
        } catch (IOException e) {
            throw new InvalidRequestException("The body is malformed JSON; mend it.", e);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidRequestException(message);
        }
    }
}
