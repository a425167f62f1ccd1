package io.sextant.training.vocabulary;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.internal.weights.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts Llama's tokenizer down to what a set of texts needs. Those texts are cut into the same pieces as by the whole one; ids are
 * new. Everything else is still written, if need be byte by byte.
 */
public final class SubsetTokenizer {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();
    private static final char BLANK = '\u2581';

    /** Special pieces and one for each byte stand first in Llama's vocabulary. */
    private static final int RESERVED = 259;

    private final JsonObject whole;
    private final Map<String, Integer> idOfPiece = new HashMap<>();
    private final List<String> merges = new ArrayList<>();

    private SubsetTokenizer(JsonObject whole) {
        this.whole = whole;
        JsonObject model = whole.getAsJsonObject("model");
        model.getAsJsonObject("vocab")
                .entrySet()
                .forEach(entry -> idOfPiece.put(entry.getKey(), entry.getValue().getAsInt()));
        for (JsonElement merge : model.getAsJsonArray("merges")) {
            merges.add(
                    merge.isJsonArray()
                            ? merge.getAsJsonArray().get(0).getAsString() + " "
                                    + merge.getAsJsonArray().get(1).getAsString()
                            : merge.getAsString());
        }
    }

    /** @param tokenizerFile the {@code tokenizer.json} of a Llama 2 folder */
    public static SubsetTokenizer of(Path tokenizerFile) throws IOException {
        return new SubsetTokenizer(JsonText.read(tokenizerFile));
    }

    /**
     * Writes the smaller tokenizer.
     *
     * @param texts that must be cut as by the whole one, each alone and with a blank in front
     * @return number of its pieces
     */
    public int write(Iterable<String> texts, Path target) throws IOException {
        TracedMerges traced = new TracedMerges(ranks());
        Set<String> needed = new LinkedHashSet<>();
        for (char character = ' '; character <= '~'; character++) {
            needed.add(character == ' ' ? String.valueOf(BLANK) : String.valueOf(character));
        }
        // The pad piece of the reference, which is never written but has to have an id.
        needed.addAll(traced.encode("$$"));
        for (String text : texts) {
            needed.addAll(traced.encode(BLANK + text.replace(' ', BLANK)));
        }
        List<String> keptMerges = new ArrayList<>();
        for (int rank : traced.used()) {
            keptMerges.add(merges.get(rank));
            needed.add(merges.get(rank).replace(" ", ""));
        }
        Map<String, Integer> vocabulary = vocabulary(needed);
        Files.writeString(target, GSON.toJson(file(vocabulary, keptMerges)) + "\n");
        return vocabulary.size();
    }

    private Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank), rank);
        }
        return ranks;
    }

    /** In the order of the whole vocabulary, reserved pieces first. */
    private Map<String, Integer> vocabulary(Set<String> needed) {
        Set<String> pieces = new TreeSet<>(Comparator.comparing(idOfPiece::get));
        idOfPiece.forEach((piece, id) -> {
            if (id < RESERVED || needed.contains(piece)) {
                pieces.add(piece);
            }
        });
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        pieces.forEach(piece -> vocabulary.put(piece, vocabulary.size()));
        return vocabulary;
    }

    private JsonObject file(Map<String, Integer> vocabulary, List<String> keptMerges) {
        JsonObject subset = whole.deepCopy();
        JsonObject model = subset.getAsJsonObject("model");
        JsonObject pieces = new JsonObject();
        vocabulary.forEach(pieces::addProperty);
        model.add("vocab", pieces);
        JsonArray kept = new JsonArray();
        keptMerges.forEach(kept::add);
        model.add("merges", kept);
        return subset;
    }
}
