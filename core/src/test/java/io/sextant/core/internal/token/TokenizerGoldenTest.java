package io.sextant.core.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TokenizerGoldenTest {
    private static final String FULL = "tokenizer-llama2";

    @Test
    void encodesAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        LlamaTokenizer tokenizer = LlamaTokenizer.open(golden.path(FULL));
        JsonArray cases = golden.json(FULL + "/cases.json").getAsJsonArray("encode");
        Coverage coverage = new Coverage("tokenizer, text to ids", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            int[] ids = tokenizer.encode(example.get("text").getAsString());
            coverage.compareExactly(String.valueOf(i), ids, ints(example.getAsJsonArray("token_ids")));
        }
        coverage.assertComplete();
    }

    @Test
    void decodesAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        LlamaTokenizer tokenizer = LlamaTokenizer.open(golden.path(FULL));
        JsonArray cases = golden.json(FULL + "/cases.json").getAsJsonArray("decode");
        Coverage coverage = new Coverage("tokenizer, ids to text", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            int[] ids = ints(example.getAsJsonArray("token_ids"));
            assertThat(tokenizer.decode(ids, false))
                    .as("decode case " + i + " with special pieces")
                    .isEqualTo(example.get("text_with_special").getAsString());
            coverage.compareExactly(
                    String.valueOf(i),
                    tokenizer.decode(ids, true),
                    example.get("text").getAsString());
        }
        coverage.assertComplete();
    }

    @Test
    void everyDecoderFolderEncodesEveryPromptSegment() {
        GoldenSet golden = GoldenSet.open();
        JsonObject files = golden.json("model.json").getAsJsonObject("files");
        JsonArray cases = golden.json("golden/prompts.json").getAsJsonArray("cases");
        List<String> expected = new ArrayList<>();
        for (String kind : List.of("llama", "llama_bin")) {
            cases.forEach(example -> expected.add(kind + "/" + name(example)));
        }
        Coverage coverage = new Coverage("prompt segments of both decoder folders", expected);
        for (String kind : List.of("llama", "llama_bin")) {
            LlamaTokenizer tokenizer =
                    LlamaTokenizer.open(golden.path(files.get(kind).getAsString()));
            for (JsonElement example : cases) {
                JsonArray segments = example.getAsJsonObject().getAsJsonArray("segments");
                JsonArray ids = example.getAsJsonObject().getAsJsonArray("segment_token_ids");
                for (int i = 0; i < segments.size(); i++) {
                    int[] encoded = tokenizer.encode(segments.get(i).getAsString());
                    int[] withBos = i > 0 ? encoded : prepend(tokenizer.bos(), encoded);
                    coverage.compareExactly(
                            kind + "/" + name(example), withBos, ints(ids.get(i).getAsJsonArray()));
                }
            }
        }
        coverage.assertComplete();
    }

    @Test
    void knowsTheSpecialIdsOfEveryDecoderFolder() {
        GoldenSet golden = GoldenSet.open();
        JsonObject model = golden.json("model.json");
        for (String kind : List.of("llama", "llama_bin")) {
            LlamaTokenizer tokenizer = LlamaTokenizer.open(
                    golden.path(model.getAsJsonObject("files").get(kind).getAsString()));
            assertThat(tokenizer.vocabularySize())
                    .isEqualTo(model.get("vocabulary").getAsInt());
            assertThat(tokenizer.bos()).isEqualTo(model.get("bos_token_id").getAsInt());
            assertThat(tokenizer.eos()).isEqualTo(model.get("eos_token_id").getAsInt());
            assertThat(tokenizer.unk()).isEqualTo(model.get("unk_token_id").getAsInt());
            assertThat(tokenizer.pad()).isEqualTo(model.get("pad_token_id").getAsInt());
            assertThat(tokenizer.piece(tokenizer.pad()))
                    .isEqualTo(model.get("pad_piece").getAsString());
        }
    }

    @Test
    void decodesEveryGeneratedAnswer() {
        GoldenSet golden = GoldenSet.open();
        String folder =
                golden.json("model.json").getAsJsonObject("files").get("llama").getAsString();
        LlamaTokenizer tokenizer = LlamaTokenizer.open(golden.path(folder));
        JsonObject generation = golden.json("golden/generation.json");
        List<JsonObject> answers = new ArrayList<>();
        for (String group : List.of("greedy", "greedy_with_repetition_penalty", "other_prompts")) {
            generation.getAsJsonArray(group).forEach(answer -> answers.add(answer.getAsJsonObject()));
        }
        Coverage coverage = new Coverage(
                "generated answers as text",
                IntStream.range(0, answers.size()).mapToObj(String::valueOf).toList());
        for (int i = 0; i < answers.size(); i++) {
            int[] ids = ints(answers.get(i).getAsJsonArray("token_ids"));
            coverage.compareExactly(
                    String.valueOf(i),
                    tokenizer.decode(ids, true),
                    answers.get(i).get("decoded").getAsString());
        }
        coverage.assertComplete();
    }

    @Test
    void refusesEveryBadTokenizer() {
        GoldenSet golden = GoldenSet.open();
        JsonArray files = golden.json("bad/bad.json").getAsJsonArray("files");
        List<JsonObject> bad = StreamSupport.stream(files.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(file -> file.get("loaded_as").getAsString().equals("tokenizer folder"))
                .toList();
        Coverage coverage = new Coverage(
                "bad tokenizers",
                new TreeSet<>(
                        bad.stream().map(file -> file.get("file").getAsString()).toList()));
        for (JsonObject file : bad) {
            String name = file.get("file").getAsString();
            assertThatThrownBy(() -> LlamaTokenizer.open(golden.path("bad/" + name)))
                    .isInstanceOf(ModelFilesException.class)
                    .hasMessageContaining("tokenizer.json")
                    .hasMessageContaining(name);
            coverage.compared(name);
        }
        coverage.assertComplete();
    }

    private static List<String> numbers(JsonArray cases) {
        return IntStream.range(0, cases.size()).mapToObj(String::valueOf).toList();
    }

    private static String name(JsonElement example) {
        return example.getAsJsonObject().get("name").getAsString();
    }

    private static int[] ints(JsonArray array) {
        return array.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }

    private static int[] prepend(int first, int[] rest) {
        return IntStream.concat(IntStream.of(first), IntStream.of(rest)).toArray();
    }
}
