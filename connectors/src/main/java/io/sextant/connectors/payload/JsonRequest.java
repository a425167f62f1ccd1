package io.sextant.connectors.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads JSON strictly, and names the message and the place of what is wrong. */
final class JsonRequest {
    private static final int MOST_LEVELS = 32;

    /** The body's own length bounds its texts. */
    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(MOST_LEVELS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String message;

    /** @param message the message's name */
    JsonRequest(String message) {
        this.message = message;
    }

    /** @param where what the bytes are, for messages */
    JsonNode parse(byte[] json, String where) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw refused(
                    where + " is malformed JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw refused(where + " is no UTF-8 text");
        }
    }

    void requireObject(JsonNode node, String where, Set<String> keys) {
        if (!node.isObject()) {
            throw refused(where + " must be an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw refused(where + " has the unknown key \"" + ShownText.of(name) + "\"; known are "
                        + new TreeSet<>(keys));
            }
        }
    }

    /** The text of a key, or null where it is left out. */
    @Nullable
    String text(JsonNode object, String key, String where) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused(where + "." + key + " must be text");
        }
        return value.asText();
    }

    InvalidRequestException refused(String what) {
        return new InvalidRequestException(
                "Message " + message + ": " + what + "; mend the message and send it again.");
    }
}
