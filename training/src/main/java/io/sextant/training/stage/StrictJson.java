package io.sextant.training.stage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads fields of a JSON object, and tells by name what is missing, of another kind, or unknown. */
final class StrictJson {
    /** What a double holds exactly. */
    private static final long LARGEST_WHOLE = 1L << 53;

    private final JsonObject json;
    private final String where;

    /** @param where for messages, such as {@code stage1.json: rate} */
    StrictJson(JsonObject json, String where) {
        this.json = json;
        this.where = where;
    }

    String where() {
        return where;
    }

    /** Refuses fields of other names, since a misspelt one would silently mean its default. */
    StrictJson requireOnly(String... names) {
        Set<String> unknown = new TreeSet<>(json.keySet());
        Arrays.asList(names).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    where + ": unknown " + unknown + "; known are " + Arrays.toString(names));
        }
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    String text(String name) {
        JsonPrimitive value = primitive(name, "text");
        if (!value.isString()) {
            throw wrong(name, "text");
        }
        return value.getAsString();
    }

    double number(String name) {
        JsonPrimitive value = primitive(name, "a number");
        if (!value.isNumber()) {
            throw wrong(name, "a number");
        }
        if (!Double.isFinite(value.getAsDouble())) {
            throw wrong(name, "a finite number");
        }
        return value.getAsDouble();
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    long whole(String name) {
        double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > LARGEST_WHOLE) {
            throw wrong(name, "a whole number of at most " + LARGEST_WHOLE);
        }
        return (long) value;
    }

    long whole(String name, long otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    /** A whole number of no more than 32 bits. */
    int count(String name) {
        long value = whole(name);
        if (value != (int) value) {
            throw wrong(name, "a whole number of at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    int count(String name, int otherwise) {
        return has(name) ? count(name) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonPrimitive value = primitive(name, "true or false");
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.getAsBoolean();
    }

    StrictJson object(String name) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonObject()) {
            throw wrong(name, "an object");
        }
        return new StrictJson(value.getAsJsonObject(), where + ": " + name);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name, "a list of texts")) {
            if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(element.getAsString());
        }
        return texts;
    }

    List<StrictJson> objects(String name) {
        List<StrictJson> objects = new ArrayList<>();
        for (JsonElement element : array(name, "a list of objects")) {
            if (!element.isJsonObject()) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new StrictJson(element.getAsJsonObject(), where + ": " + name));
        }
        return objects;
    }

    private JsonArray array(String name, String kind) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonArray()) {
            throw wrong(name, kind);
        }
        return value.getAsJsonArray();
    }

    private JsonPrimitive primitive(String name, String kind) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw wrong(name, kind);
        }
        return value.getAsJsonPrimitive();
    }

    private IllegalArgumentException wrong(String name, String kind) {
        return new IllegalArgumentException(where + ": \"" + name + "\" must be " + kind + ", was " + json.get(name));
    }
}
