package io.sextant.core.internal.weights.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.error.ShownText;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Typed access to the fields of one JSON object; errors name file, field and value. */
public final class JsonFields {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final JsonObject object;
    private final String file;
    private final String prefix;

    /** @param file starts every message */
    public JsonFields(JsonObject object, String file) {
        this(object, file, "");
    }

    private JsonFields(JsonObject object, String file, String prefix) {
        this.object = object;
        this.file = file;
        this.prefix = prefix;
    }

    /** Whether the field is there and not null. */
    public boolean has(String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    /** The field as it is, whatever its type, for messages. */
    public String text(String key) {
        return ShownText.of(String.valueOf(object.get(key)), 100);
    }

    public JsonFields object(String key) {
        JsonElement element = required(key);
        if (!element.isJsonObject()) {
            throw wrong(key, "an object");
        }
        return new JsonFields(element.getAsJsonObject(), file, prefix + key + ".");
    }

    public JsonArray array(String key) {
        JsonElement element = required(key);
        if (!element.isJsonArray()) {
            throw wrong(key, "a list");
        }
        return element.getAsJsonArray();
    }

    public String string(String key) {
        JsonElement element = required(key);
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw wrong(key, "text");
        }
        return element.getAsString();
    }

    public boolean bool(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }
        JsonElement element = object.get(key);
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
            throw wrong(key, "true or false");
        }
        return element.getAsBoolean();
    }

    public int whole(String key) {
        long value = whole(required(key), key);
        if (value != (int) value) {
            throw wrong(key, "a whole number below 2^31");
        }
        return (int) value;
    }

    public int whole(String key, int absent) {
        return has(key) ? whole(key) : absent;
    }

    /** A whole number inside a list or object of this name. */
    public long whole(JsonElement element, String key) {
        if (!element.isJsonPrimitive()
                || !element.getAsJsonPrimitive().isNumber()
                || !WHOLE.matcher(element.getAsString()).matches()) {
            throw wrong(key, "made of whole numbers");
        }
        return Long.parseLong(element.getAsString());
    }

    public double number(String key) {
        JsonElement element = required(key);
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
            throw wrong(key, "a number");
        }
        return Double.parseDouble(element.getAsString());
    }

    public double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    /** Refuses a field nobody reads, which is most likely misspelt. */
    public void requireOnly(Set<String> allowed) {
        for (String key : object.keySet()) {
            if (!allowed.contains(key)) {
                throw new ModelFilesException(file + ": unknown field \"" + prefix + key
                        + "\"; remove it, or use one of " + new TreeSet<>(allowed) + ".");
            }
        }
    }

    public ModelFilesException wrong(String key, String expected) {
        return new ModelFilesException(
                file + ": \"" + prefix + key + "\" must be " + expected + ", was " + text(key) + "; correct the file.");
    }

    private JsonElement required(String key) {
        if (!has(key)) {
            throw new ModelFilesException(file + ": the field \"" + prefix + key + "\" is missing; add it.");
        }
        return object.get(key);
    }
}
