package io.sextant.training.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.box.PixelBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the fields of one line and refuses, by name, what is missing or of another kind.
 *
 * @param where file and line, for messages
 * @param json the object the fields are in
 */
record AnnotationFields(String where, JsonObject json) {
    String text(String name) {
        return textOrNone(name).orElseThrow(() -> missing(name, "a text"));
    }

    Optional<String> textOrNone(String name) {
        return optional(name, element -> text(name, element));
    }

    List<String> texts(String name) {
        return list(name, "a list of texts", element -> text(name, element));
    }

    PixelBox box(String name) {
        return boxOrNone(name).orElseThrow(() -> missing(name, "[left, top, right, bottom]"));
    }

    Optional<PixelBox> boxOrNone(String name) {
        return optional(name, element -> box(name, element));
    }

    List<PixelBox> boxes(String name) {
        return list(name, "a list of boxes", element -> box(name, element));
    }

    /** A list of objects; empty if the field is missing. */
    List<AnnotationFields> objectsOrNone(String name) {
        return json.has(name) ? objects(name) : List.of();
    }

    List<AnnotationFields> objects(String name) {
        return list(name, "a list of objects", element -> {
            if (!element.isJsonObject()) {
                throw wrong(name, "a list of objects", element);
            }
            return new AnnotationFields(where + ", \"" + name + "\"", element.getAsJsonObject());
        });
    }

    DataSetException wrong(String name, String expected, Object actual) {
        return new DataSetException(
                where + ": \"" + name + "\" must be " + expected + ", was " + actual + "; correct the line.");
    }

    private DataSetException missing(String name, String expected) {
        return new DataSetException(where + ": \"" + name + "\" is missing; it must be " + expected + ".");
    }

    private <T> Optional<T> optional(String name, Function<JsonElement, T> reader) {
        JsonElement element = json.get(name);
        return element == null ? Optional.empty() : Optional.of(reader.apply(element));
    }

    private <T> List<T> list(String name, String expected, Function<JsonElement, T> reader) {
        JsonElement element = json.get(name);
        if (element == null) {
            throw missing(name, expected);
        }
        if (!element.isJsonArray()) {
            throw wrong(name, expected, element);
        }
        List<T> items = new ArrayList<>();
        element.getAsJsonArray().forEach(item -> items.add(reader.apply(item)));
        return items;
    }

    private String text(String name, JsonElement element) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw wrong(name, "a text", element);
        }
        return element.getAsString();
    }

    private PixelBox box(String name, JsonElement element) {
        JsonArray numbers = element.isJsonArray() ? element.getAsJsonArray() : new JsonArray();
        double[] edges = new double[4];
        boolean isBox = numbers.size() == edges.length;
        for (int i = 0; isBox && i < edges.length; i++) {
            JsonElement number = numbers.get(i);
            isBox = number.isJsonPrimitive() && number.getAsJsonPrimitive().isNumber();
            edges[i] = isBox ? number.getAsDouble() : 0;
        }
        if (!isBox || edges[0] > edges[2] || edges[1] > edges[3] || edges[0] < 0 || edges[1] < 0) {
            throw wrong(
                    name, "[left, top, right, bottom] in pixels, right and bottom not before left and top", element);
        }
        return new PixelBox(edges[0], edges[1], edges[2], edges[3]);
    }
}
