package io.sextant.core.internal.token;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code tokenizer.json} and refuses, by name, whatever is not Llama's kind of tokenizer. Used once, by one thread. */
final class TokenizerFile {
    private static final Set<String> DECODERS =
            Set.of("Sequence", "Replace", "ByteFallback", "Fuse", "Strip", "Metaspace");
    private static final List<String> SPECIAL = List.of(Vocabulary.UNKNOWN, Vocabulary.BEGIN, Vocabulary.END);
    private static final String BLANK = String.valueOf(PieceDecoder.BLANK);

    private final Path file;

    TokenizerFile(Path file) {
        this.file = file;
    }

    LlamaTokenizer read() {
        try {
            JsonObject root = parse();
            JsonObject model = object("model", get(root, "model"));
            checkModel(model);
            checkBlanks(root);
            checkDecoder(get(root, "decoder"));
            Vocabulary vocabulary = vocabulary(object("model.vocab", get(model, "vocab")));
            checkAddedTokens(vocabulary, get(root, "added_tokens"));
            return new LlamaTokenizer(vocabulary, merges(vocabulary, get(model, "merges")));
        } catch (IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException
                | ClassCastException
                | ArithmeticException e) {
            throw refused("a field holds another kind of value than expected: " + e.getMessage(), e);
        }
    }

    private JsonObject parse() {
        if (!Files.isRegularFile(file)) {
            throw refused("it does not exist; the folder of a Llama decoder holds one", null);
        }
        return JsonText.read(file);
    }

    private void checkModel(JsonObject model) {
        String type = text(model, "type");
        if (!type.equals("BPE")) {
            throw refused("model.type is \"" + type + "\", only \"BPE\" is Llama's", null);
        }
        if (!flag(model, "byte_fallback")) {
            throw refused("model.byte_fallback is not true, so text outside the vocabulary would be lost", null);
        }
        if (flag(model, "ignore_merges")) {
            throw refused("model.ignore_merges is true, which is Llama 3's kind of tokenizer, not Llama 2's", null);
        }
        for (String key : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
            JsonElement value = get(model, key);
            boolean isNothing = value.isJsonNull()
                    || (value.isJsonPrimitive() && Set.of("", "0", "0.0").contains(value.getAsString()));
            if (!isNothing) {
                throw refused("model." + key + " is " + value + ", Llama's tokenizer has none", null);
            }
        }
    }

    /** Blanks become U+2581 and one is put in front: by the normaliser, or in newer files by the pre-tokenizer. */
    private void checkBlanks(JsonObject root) {
        JsonElement normalizer = get(root, "normalizer");
        JsonElement preTokenizer = get(root, "pre_tokenizer");
        if (normalizer.isJsonNull() && isMetaspace(preTokenizer)) {
            return;
        }
        if (!preTokenizer.isJsonNull()) {
            throw refused(
                    "pre_tokenizer is of type \"" + typeOf(preTokenizer) + "\", Llama's tokenizer has none", null);
        }
        if (!isPrependAndReplace(normalizer)) {
            throw refused(
                    "normalizer is " + describe(normalizer) + "; Llama's puts U+2581 in front and writes it for blanks",
                    null);
        }
    }

    private static boolean isMetaspace(JsonElement preTokenizer) {
        if (preTokenizer.isJsonNull() || !typeOf(preTokenizer).equals("Metaspace")) {
            return false;
        }
        JsonObject metaspace = preTokenizer.getAsJsonObject();
        JsonElement scheme = get(metaspace, "prepend_scheme");
        boolean isPrepended = scheme.isJsonNull() || Set.of("always", "first").contains(scheme.getAsString());
        return isPrepended && text(metaspace, "replacement").equals(BLANK);
    }

    private static boolean isPrependAndReplace(JsonElement normalizer) {
        if (normalizer.isJsonNull() || !typeOf(normalizer).equals("Sequence")) {
            return false;
        }
        JsonElement steps = get(normalizer.getAsJsonObject(), "normalizers");
        if (steps.isJsonNull() || steps.getAsJsonArray().size() != 2) {
            return false;
        }
        JsonObject prepend = steps.getAsJsonArray().get(0).getAsJsonObject();
        JsonObject replace = steps.getAsJsonArray().get(1).getAsJsonObject();
        JsonElement pattern = get(replace, "pattern");
        return text(prepend, "type").equals("Prepend")
                && text(prepend, "prepend").equals(BLANK)
                && text(replace, "type").equals("Replace")
                && text(replace, "content").equals(BLANK)
                && !pattern.isJsonNull()
                && text(pattern.getAsJsonObject(), "String").equals(" ");
    }

    private void checkDecoder(JsonElement decoder) {
        if (decoder.isJsonNull()) {
            return;
        }
        List<JsonElement> steps = new ArrayList<>(List.of(decoder));
        JsonElement inner = get(decoder.getAsJsonObject(), "decoders");
        if (!inner.isJsonNull()) {
            steps.addAll(inner.getAsJsonArray().asList());
        }
        for (JsonElement step : steps) {
            if (!DECODERS.contains(typeOf(step))) {
                throw refused(
                        "decoder is of type \"" + typeOf(step) + "\", which Llama's tokenizer does not use", null);
            }
        }
    }

    private Vocabulary vocabulary(JsonObject json) {
        @Nullable String[] pieces = new @Nullable String[json.size()];
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            String piece = entry.getKey();
            int id = entry.getValue().getAsBigDecimal().intValueExact();
            if (id < 0 || id >= pieces.length) {
                throw refused(
                        "model.vocab gives \"" + piece + "\" the id " + id + ", with " + pieces.length
                                + " pieces ids run from 0 to " + (pieces.length - 1),
                        null);
            }
            if (pieces[id] != null) {
                throw refused("model.vocab gives both \"" + pieces[id] + "\" and \"" + piece + "\" the id " + id, null);
            }
            if (piece.isEmpty()) {
                throw refused("model.vocab gives the empty piece the id " + id, null);
            }
            pieces[id] = piece;
        }
        for (String piece : SPECIAL) {
            requirePiece(json, piece);
        }
        for (int value = 0; value < 256; value++) {
            requirePiece(json, Vocabulary.bytePiece(value));
        }
        requirePiece(json, BLANK);
        return new Vocabulary(Arrays.stream(pieces).map(String::valueOf).toList());
    }

    private void requirePiece(JsonObject vocabulary, String piece) {
        if (!vocabulary.has(piece)) {
            throw refused("model.vocab lacks the piece \"" + piece + "\" that every Llama vocabulary has", null);
        }
    }

    /** Special tokens beyond the vocabulary, which some exports append, have no row in the model and are left out. */
    private void checkAddedTokens(Vocabulary vocabulary, JsonElement added) {
        if (added.isJsonNull()) {
            return;
        }
        for (JsonElement element : added.getAsJsonArray()) {
            JsonObject token = element.getAsJsonObject();
            String content = text(token, "content");
            int id = get(token, "id").getAsBigDecimal().intValueExact();
            boolean isKnown =
                    SPECIAL.contains(content) && vocabulary.idOf(content).orElse(-1) == id;
            if (!isKnown && id < vocabulary.size()) {
                throw refused(
                        "added_tokens gives \"" + content + "\" the id " + id
                                + "; only <unk>, <s> and </s> are special, with the ids of model.vocab",
                        null);
            }
        }
    }

    /** Merges of one piece that stand side by side go first by place, not by line, as SentencePiece scores them. */
    private MergeTable merges(Vocabulary vocabulary, JsonElement json) {
        if (json.isJsonNull()) {
            throw refused("model.merges is missing", null);
        }
        JsonArray lines = json.getAsJsonArray();
        MergeTable merges = new MergeTable();
        int rank = 0;
        int lastResult = -1;
        for (int line = 0; line < lines.size(); line++) {
            String[] pair = pair(lines.get(line), line);
            int left = pieceOf(vocabulary, pair[0], line);
            int right = pieceOf(vocabulary, pair[1], line);
            int result = pieceOf(vocabulary, pair[0] + pair[1], line);
            if (result != lastResult) {
                rank = line;
                lastResult = result;
            }
            if (!vocabulary.isReserved(left) && !vocabulary.isReserved(right) && !vocabulary.isReserved(result)) {
                merges.add(left, right, rank, result);
            }
        }
        return merges;
    }

    /** Older files write a merge as two pieces with a blank between, newer ones as a pair. */
    private String[] pair(JsonElement merge, int line) {
        String[] pair = merge.isJsonArray()
                ? merge.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toArray(String[]::new)
                : merge.getAsString().split(" ", -1);
        if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
            throw refused("model.merges[" + line + "] is " + merge + ", not two pieces", null);
        }
        return pair;
    }

    private int pieceOf(Vocabulary vocabulary, String piece, int line) {
        return vocabulary
                .idOf(piece)
                .orElseThrow(() -> refused(
                        "model.merges[" + line + "] names \"" + piece + "\", which is not in model.vocab", null));
    }

    private JsonObject object(String name, JsonElement element) {
        if (element.isJsonNull() || !element.isJsonObject()) {
            throw refused(name + " is not a JSON object", null);
        }
        return element.getAsJsonObject();
    }

    private static String text(JsonObject json, String key) {
        JsonElement value = get(json, key);
        return value.isJsonNull() ? "" : value.getAsString();
    }

    private static boolean flag(JsonObject json, String key) {
        JsonElement value = get(json, key);
        return !value.isJsonNull() && value.getAsBoolean();
    }

    private static String typeOf(JsonElement element) {
        return element.isJsonObject() ? text(element.getAsJsonObject(), "type") : "";
    }

    private static String describe(JsonElement element) {
        return element.isJsonNull() ? "missing" : "of type \"" + typeOf(element) + "\" and not Llama's";
    }

    /** The value of a key; JSON's null where the key is missing. */
    private static JsonElement get(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value == null ? JsonNull.INSTANCE : value;
    }

    private ModelFilesException refused(String problem, @Nullable Throwable cause) {
        return new ModelFilesException("The tokenizer " + file + " cannot be used: " + problem, cause);
    }
}
