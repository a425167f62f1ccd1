package io.sextant.core.internal.weights.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.FileBytes;
import io.sextant.core.internal.weights.SavedInstead;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Strict reading of JSON from untrusted files: UTF-8, one object, no key twice, limited in length, depth and number of
 * values, so that no file can exhaust stack or memory.
 */
public final class JsonText {
    /** Longest JSON that is read; a hundred times that of a Llama-2-70B header. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 1_000_000;
    private static final int MAX_NUMBER_LENGTH = 40;

    private final String where;
    private int values;

    private JsonText(String where) {
        this.where = where;
    }

    /** A whole file. */
    public static JsonObject read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > MAX_BYTES) {
                throw new ModelFilesException(file + " is " + size + " bytes, over the limit of " + MAX_BYTES
                        + " for JSON; is it the right file?");
            }
            SavedInstead.refuseForJson(channel, file);
            return parse(FileBytes.read(channel, 0, (int) size, file), file.toString());
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
    }

    /**
     * The one way JSON files are read: model folders, tokenizers, and what training reads.
     *
     * @param where names the file, and the part of it, at the start of messages
     * @throws ModelFilesException if the bytes are not exactly one JSON object
     */
    public static JsonObject parse(ByteBuffer bytes, String where) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw malformed(where, "it is no UTF-8 text", e);
        }
        return new JsonText(where).object(text);
    }

    /** As {@link #parse(ByteBuffer, String)}, of characters. */
    public static JsonObject parse(String text, String where) {
        return new JsonText(where).object(text);
    }

    private JsonObject object(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new MalformedJsonException("it is no object");
            }
            JsonObject object = (JsonObject) element(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("it goes on after its end");
            }
            return object;
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw malformed(where, firstLine(e), e);
        }
    }

    private static ModelFilesException malformed(String where, String why, Exception cause) {
        return new ModelFilesException(where + " is cut or not JSON (" + why + "); fetch or mend it.", cause);
    }

    private JsonElement element(JsonReader reader) throws IOException {
        if (++values > MAX_VALUES) {
            throw new MalformedJsonException("more than " + MAX_VALUES + " values");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                JsonObject object = new JsonObject();
                reader.beginObject();
                while (reader.hasNext()) {
                    String key = reader.nextName();
                    if (object.has(key)) {
                        throw new MalformedJsonException("the key \"" + key + "\" is there twice");
                    }
                    object.add(key, element(reader));
                }
                reader.endObject();
                yield object;
            }
            case BEGIN_ARRAY -> {
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(element(reader));
                }
                reader.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(reader.nextString());
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NUMBER -> number(reader.nextString());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new MalformedJsonException("unexpected " + reader.peek());
        };
    }

    private static JsonElement number(String digits) throws IOException {
        if (digits.length() > MAX_NUMBER_LENGTH) {
            throw new MalformedJsonException("a number of " + digits.length() + " digits");
        }
        return new JsonPrimitive(new LazilyParsedNumber(digits));
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
