package io.sextant.core.internal.token;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small tokenizer of Llama's kind that belongs to no released model: special and byte pieces, printable characters, the words
 * of our prompts, and the few pieces that boxes and control words need. Serves models with random weights, in tests and the
 * demo. The same files every time.
 */
public final class SmallTokenizer {
    /*
     * Every word grows from its first character to the right, one piece per character, so each prefix is a piece and each piece
     * is reached by one merge. Words with a blank in front come first and thereby never lose a character to a piece of the
     * second list; runs of blanks come last, as a blank belongs to the word behind it. Digits take part in no merge.
     */
    private static final String WORDS = """
            the a an is are on in at of to and or with this that it what where who how which why can could there here
            me you your from for by near next behind under above left right top middle
            [ [/ < </ { ( " ' - $$
            image picture photo scene describe detail details caption short brief briefly please give location locate tell
            find object objects region box thing things question answer Based respond Question Answer yes no not
            man woman person people child dog cat horse bird animal animals car bus train bicycle tree house street
            table chair plate cup spoon bowl book bottle apple banana coffee food sky water grass wall door window
            red green blue yellow black white brown grey orange small big large wooden old young two three many colour
            stands sits holds lies looks made one all some
            """;

    private static final String INNER =
            "INST SYS Img ImageHere delim </ >< >{ $$ vqa caption grounding refer identify detection ing";
    private static final int LONGEST_BLANK = 4;

    private static final Map<String, List<String>> MERGE_OF_PIECE = merges();
    private static final List<String> PIECES = pieces();

    private SmallTokenizer() {}

    /** How many ids the tokenizer has. */
    public static int vocabularySize() {
        return PIECES.size();
    }

    /**
     * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code special_tokens_map.json}.
     *
     * @param folder that exists
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder) throws IOException {
        Gson gson = new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create();
        Files.writeString(folder.resolve("tokenizer.json"), gson.toJson(tokenizer()));
        Files.writeString(folder.resolve("tokenizer_config.json"), gson.toJson(configuration()));
        Files.writeString(folder.resolve("special_tokens_map.json"), gson.toJson(specialTokens()));
    }

    private static Map<String, List<String>> merges() {
        Map<String, List<String>> merges = new LinkedHashMap<>();
        String blank = String.valueOf(PieceDecoder.BLANK);
        for (String word : WORDS.split("\\s+")) {
            grow(blank + word, merges);
        }
        for (String word : INNER.split(" ")) {
            grow(word, merges);
        }
        grow(blank.repeat(LONGEST_BLANK), merges);
        return merges;
    }

    private static void grow(String word, Map<String, List<String>> merges) {
        for (int end = 2; end <= word.length(); end++) {
            merges.putIfAbsent(
                    word.substring(0, end), List.of(word.substring(0, end - 1), word.substring(end - 1, end)));
        }
    }

    private static List<String> pieces() {
        Set<String> pieces = new LinkedHashSet<>(List.of(Vocabulary.UNKNOWN, Vocabulary.BEGIN, Vocabulary.END));
        for (int value = 0; value < 256; value++) {
            pieces.add(Vocabulary.bytePiece(value));
        }
        pieces.addAll(MERGE_OF_PIECE.keySet());
        pieces.add(String.valueOf(PieceDecoder.BLANK));
        for (char c = '!'; c <= '~'; c++) {
            pieces.add(String.valueOf(c));
        }
        return List.copyOf(pieces);
    }

    private static Map<String, Object> tokenizer() {
        String blank = String.valueOf(PieceDecoder.BLANK);
        Map<String, Object> prepend = fields("type", "Prepend", "prepend", blank);
        Map<String, Object> replace = fields("type", "Replace", "pattern", Map.of("String", " "), "content", blank);
        Map<String, Object> model =
                fields("type", "BPE", "unk_token", Vocabulary.UNKNOWN, "fuse_unk", true, "byte_fallback", true);
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        PIECES.forEach(piece -> vocabulary.put(piece, vocabulary.size()));
        model.put("vocab", vocabulary);
        model.put(
                "merges",
                MERGE_OF_PIECE.values().stream()
                        .map(pair -> String.join(" ", pair))
                        .toList());
        Map<String, Object> root = fields("version", "1.0", "added_tokens", addedTokens());
        root.put("normalizer", fields("type", "Sequence", "normalizers", List.of(prepend, replace)));
        root.put("pre_tokenizer", null);
        root.put("post_processor", null);
        root.put("decoder", decoder());
        root.put("model", model);
        return root;
    }

    private static List<Map<String, Object>> addedTokens() {
        return List.of(addedToken(0), addedToken(1), addedToken(2));
    }

    private static Map<String, Object> addedToken(int id) {
        Map<String, Object> token = fields("id", id);
        token.putAll(special(PIECES.get(id)));
        token.put("special", true);
        return token;
    }

    private static Map<String, Object> decoder() {
        String blank = String.valueOf(PieceDecoder.BLANK);
        return fields(
                "type",
                "Sequence",
                "decoders",
                List.of(
                        fields("type", "Replace", "pattern", Map.of("String", blank), "content", " "),
                        fields("type", "ByteFallback"),
                        fields("type", "Fuse"),
                        fields("type", "Strip", "content", " ", "start", 1, "stop", 0)));
    }

    private static Map<String, Object> configuration() {
        Map<String, Object> configuration = fields(
                "add_bos_token", true, "add_eos_token", false, "legacy", true, "tokenizer_class", "LlamaTokenizer");
        configuration.putAll(specialTokens());
        return configuration;
    }

    private static Map<String, Object> specialTokens() {
        return fields(
                "bos_token", special(Vocabulary.BEGIN),
                "eos_token", special(Vocabulary.END),
                "unk_token", special(Vocabulary.UNKNOWN));
    }

    private static Map<String, Object> special(String content) {
        return fields("content", content, "lstrip", false, "normalized", false, "rstrip", false, "single_word", false);
    }

    private static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
