package io.sextant.core.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private JsonObject root;

    @BeforeEach
    void writeTokenizer() throws IOException {
        SmallTokenizer.write(folder);
        file = folder.resolve("tokenizer.json");
        root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void refusesOtherTokenizersByName(Consumer<JsonObject> change, String named) throws IOException {
        change.accept(root);
        Files.writeString(file, root.toString());
        assertRefused(named);
    }

    @Test
    void refusesAFolderWithoutTheFile() throws IOException {
        Files.delete(file);
        assertRefused("does not exist");
    }

    @Test
    void refusesTextBehindTheEnd() throws IOException {
        Files.writeString(file, root + "{}");
        assertRefused("cut or not JSON");
    }

    @Test
    void refusesAKeyThatIsThereTwice() throws IOException {
        String text = root.toString();
        Files.writeString(file, "{\"model\": {}, " + text.substring(1));
        assertRefused("the key \"model\" is there twice");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Files.write(file, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
        assertRefused("cut or not JSON");
    }

    @Test
    void refusesNestingWithoutEnd() throws IOException {
        Files.writeString(file, "[".repeat(100_000));
        assertRefused("cut or not JSON");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void refusesEveryCutFile(long seed) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length - 1)));
        assertRefused("tokenizer.json");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedFilesAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = Files.readString(file).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + seed % 5; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
        }
        Files.write(file, bytes);
        try {
            assertThat(LlamaTokenizer.open(folder).vocabularySize()).isPositive();
        } catch (ModelFilesException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }

    @Test
    void readsMergesWrittenAsPairs() throws IOException {
        LlamaTokenizer older = LlamaTokenizer.open(folder);
        JsonArray pairs = new JsonArray();
        for (var merge : model(root).getAsJsonArray("merges")) {
            JsonArray pair = new JsonArray();
            Stream.of(merge.getAsString().split(" ")).forEach(pair::add);
            pairs.add(pair);
        }
        model(root).add("merges", pairs);
        Files.writeString(file, root.toString());
        String text = "please describe this image <Img> {<1><20>}";
        assertThat(LlamaTokenizer.open(folder).encode(text)).isEqualTo(older.encode(text));
    }

    @Test
    void readsBlanksWrittenByAPreTokenizer() throws IOException {
        LlamaTokenizer older = LlamaTokenizer.open(folder);
        root.add("normalizer", JsonNull.INSTANCE);
        root.add(
                "pre_tokenizer", json("{'type':'Metaspace','replacement':'▁','prepend_scheme':'first','split':false}"));
        Files.writeString(file, root.toString());
        assertThat(LlamaTokenizer.open(folder).encode("a cup")).isEqualTo(older.encode("a cup"));
    }

    @Test
    void leavesOutAddedTokensBeyondTheVocabulary() throws IOException {
        int size = SmallTokenizer.vocabularySize();
        root.getAsJsonArray("added_tokens").add(json("{'id':" + size + ",'content':'<pad>','special':true}"));
        Files.writeString(file, root.toString());
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder);
        assertThat(tokenizer.vocabularySize()).isEqualTo(size);
        assertThat(tokenizer.encode("<pad>")).hasSizeGreaterThan(1);
    }

    @Test
    void aVocabularyWithoutThePadPiecePadsWithTheUnknownPieceAsTheReference() throws IOException {
        JsonObject vocabulary = vocabulary(root);
        int pad = vocabulary.remove("$$").getAsInt();
        vocabulary.addProperty("never", pad);
        JsonArray merges = new JsonArray();
        for (var merge : model(root).getAsJsonArray("merges")) {
            if (!merge.getAsString().equals("$ $")) {
                merges.add(merge);
            }
        }
        model(root).add("merges", merges);
        Files.writeString(file, root.toString());
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder);
        assertThat(tokenizer.pad()).isEqualTo(tokenizer.unk());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("another model", root -> model(root).addProperty("type", "WordPiece"), "WordPiece"),
                change("no byte fallback", root -> model(root).addProperty("byte_fallback", false), "byte_fallback"),
                change("Llama 3", root -> model(root).addProperty("ignore_merges", true), "ignore_merges"),
                change("dropout", root -> model(root).addProperty("dropout", 0.1), "dropout"),
                change(
                        "word ends",
                        root -> model(root).addProperty("end_of_word_suffix", "</w>"),
                        "end_of_word_suffix"),
                change("no model", root -> root.remove("model"), "model"),
                change("a list as model", root -> root.add("model", new JsonArray()), "model"),
                change("no vocabulary", root -> model(root).remove("vocab"), "model.vocab"),
                change("no merges", root -> model(root).remove("merges"), "model.merges"),
                change("merges as text", root -> model(root).addProperty("merges", "a b"), "another kind"),
                change("another normaliser", root -> root.add("normalizer", json("{'type':'NFC'}")), "NFC"),
                change("no normaliser", root -> root.add("normalizer", JsonNull.INSTANCE), "normalizer is missing"),
                change("half a normaliser", root -> normalizers(root).remove(0), "normalizer"),
                change(
                        "another blank",
                        root -> normalizers(root).get(1).getAsJsonObject().addProperty("content", "_"),
                        "normalizer"),
                change(
                        "another pre-tokenizer",
                        root -> root.add("pre_tokenizer", json("{'type':'ByteLevel'}")),
                        "ByteLevel"),
                change("another decoder", root -> root.add("decoder", json("{'type':'ByteLevel'}")), "ByteLevel"),
                change("an id twice", root -> vocabulary(root).addProperty("▁the", 300), "the id 300"),
                change("an id too high", root -> vocabulary(root).addProperty("new", 99_999), "99999"),
                change("an id below zero", root -> vocabulary(root).addProperty("▁the", -1), "-1"),
                change("half an id", root -> vocabulary(root).addProperty("▁the", 1.5), "tokenizer.json"),
                change("a huge id", root -> vocabulary(root).addProperty("▁the", 1e300), "tokenizer.json"),
                change("a word as id", root -> vocabulary(root).addProperty("▁the", "x"), "tokenizer.json"),
                change("no end of sequence", root -> rename(root, "</s>", "never"), "</s>"),
                change("no piece for a byte", root -> rename(root, "<0x7F>", "never"), "<0x7F>"),
                change("no blank", root -> rename(root, "▁", "never"), "lacks the piece \"▁\""),
                change("an empty piece", root -> rename(root, "~", ""), "empty piece"),
                change("a merge of one", root -> merges(root).add("alone"), "alone"),
                change("a merge of three", root -> merges(root).add("a b c"), "a b c"),
                change("a merge of nothing", root -> merges(root).add(" a"), "not two pieces"),
                change("an unknown part", root -> merges(root).add("é x"), "é"),
                change("an unknown result", root -> merges(root).add("z z"), "zz"),
                change(
                        "a special word of its own",
                        root -> root.getAsJsonArray("added_tokens").add(json("{'id':300,'content':'<|x|>'}")),
                        "<|x|>"),
                change(
                        "another id of a special word",
                        root -> root.getAsJsonArray("added_tokens").add(json("{'id':5,'content':'<s>'}")),
                        "<s>"));
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private void assertRefused(String named) {
        assertThatThrownBy(() -> LlamaTokenizer.open(folder))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(named);
    }

    private static Arguments change(String name, Consumer<JsonObject> change, String named) {
        return Arguments.of(Named.of(name, change), named);
    }

    private static void rename(JsonObject root, String piece, String other) {
        vocabulary(root).add(other, vocabulary(root).remove(piece));
    }

    private static JsonObject model(JsonObject root) {
        return root.getAsJsonObject("model");
    }

    private static JsonObject vocabulary(JsonObject root) {
        return model(root).getAsJsonObject("vocab");
    }

    private static JsonArray merges(JsonObject root) {
        return model(root).getAsJsonArray("merges");
    }

    private static JsonArray normalizers(JsonObject root) {
        return root.getAsJsonObject("normalizer").getAsJsonArray("normalizers");
    }

    private static JsonObject json(String singleQuoted) {
        return JsonParser.parseString(singleQuoted.replace('\'', '"')).getAsJsonObject();
    }
}
