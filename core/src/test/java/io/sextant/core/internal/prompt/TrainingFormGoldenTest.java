package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The form of later rounds that is our default, against the rows the reference's training code fed. */
class TrainingFormGoldenTest {
    /** Stands for a position of an image among ids. */
    private static final int IMAGE_POSITION = -1;

    private static final String IMAGE = "<Img><ImageHere></Img> ";

    @Test
    void laterRoundsAreTheRowsTheReferenceTrainsOn() throws IOException {
        GoldenSet golden = GoldenSet.open();
        JsonObject model = golden.json("model.json");
        String folder = model.getAsJsonObject("files").get("llama").getAsString();
        LlamaTokenizer tokenizer = LlamaTokenizer.open(golden.path(folder));
        int visualTokens = model.get("visual_tokens").getAsInt();
        Map<List<Float>, Integer> idOfRow = idOfEmbeddingRow(golden, folder);
        GoldenTensors tensors = golden.tensors("golden/training.safetensors");
        JsonObject training = golden.json("golden/training.json");
        List<String> batches = training.keySet().stream()
                .filter(name -> tensors.names().contains(name + ".labels"))
                .toList();
        Coverage coverage = new Coverage("training rows", batches);
        for (String name : batches) {
            JsonObject batch = training.getAsJsonObject(name);
            GoldenTensors.Tensor inputs = tensors.get(name + ".inputs_embeds");
            int[] mask = tensors.get(name + ".attention_mask").ints();
            int[] labels = tensors.get(name + ".labels").ints();
            int length = (int) inputs.shape()[1];
            for (int row = 0; row < inputs.shape()[0]; row++) {
                int used = (int) IntStream.of(Arrays.copyOfRange(mask, row * length, (row + 1) * length))
                        .filter(attended -> attended == 1)
                        .count();
                Dialogue dialogue = Dialogue.of(batch, row);
                List<Integer> ids = dialogue.encode(tokenizer, visualTokens);
                coverage.compareExactly(name, ids, fedIds(inputs, row, used, idOfRow));
                coverage.compareExactly(
                        name,
                        dialogue.trainedIds(tokenizer),
                        IntStream.of(Arrays.copyOfRange(labels, row * length, (row + 1) * length))
                                .filter(label -> label >= 0)
                                .boxed()
                                .toList());
            }
        }
        coverage.assertComplete();
    }

    /**
     * @param questions without image tag and without the blank that the reference's data sets put behind them
     * @param endsInBlank whether they had that blank, which makes two before {@code [/INST]}
     */
    private record Dialogue(List<String> questions, List<String> answers, int images, boolean endsInBlank) {
        static Dialogue of(JsonObject batch, int row) {
            boolean hasRounds = batch.has("conv_q");
            String asked = batch.getAsJsonArray(hasRounds ? "conv_q" : "instruction_input")
                    .get(row)
                    .getAsString();
            String answered = batch.getAsJsonArray(hasRounds ? "conv_a" : "answer")
                    .get(row)
                    .getAsString();
            String separator =
                    hasRounds ? batch.getAsJsonArray("connect_sym").get(row).getAsString() : "\n";
            List<String> questions = List.of(asked.split(Pattern.quote(separator), -1));
            List<String> bare = new ArrayList<>();
            for (String question : questions) {
                String text = question.startsWith(IMAGE) ? question.substring(IMAGE.length()) : question;
                bare.add(text.endsWith(" ") ? text.substring(0, text.length() - 1) : text);
            }
            return new Dialogue(
                    bare,
                    List.of(answered.split(Pattern.quote(separator), -1)),
                    asked.startsWith(IMAGE) ? 1 : 0,
                    questions.stream().allMatch(question -> question.endsWith(" ")));
        }

        List<Integer> encode(LlamaTokenizer tokenizer, int visualTokens) {
            int last = questions.size() - 1;
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < last; i++) {
                turns.add(Turn.answered(ReferencePrompt.question(questions.get(i)), answers.get(i)));
            }
            turns.add(Turn.open(ReferencePrompt.question(questions.get(last))));
            PromptStyle style = new PromptStyle(false, endsInBlank ? 2 : 1);
            EncodedPrompt prompt =
                    new PromptEncoder(tokenizer, style, Set.of()).encode(turns, images, ConversationForm.TRAINING);
            List<Integer> ids = new ArrayList<>();
            for (PromptPart part : prompt.parts()) {
                if (part instanceof PromptPart.Tokens tokens) {
                    Arrays.stream(tokens.ids()).forEach(ids::add);
                } else {
                    ids.addAll(Collections.nCopies(visualTokens, IMAGE_POSITION));
                }
            }
            Arrays.stream(tokenizer.encode(answers.get(last) + "</s>")).forEach(ids::add);
            return ids;
        }

        List<Integer> trainedIds(LlamaTokenizer tokenizer) {
            return answers.stream()
                    .flatMap(answer ->
                            Arrays.stream(tokenizer.encode(answer + "</s>")).boxed())
                    .toList();
        }
    }

    private static List<Integer> fedIds(
            GoldenTensors.Tensor inputs, int row, int used, Map<List<Float>, Integer> idOfRow) {
        int length = (int) inputs.shape()[1];
        int width = (int) inputs.shape()[2];
        List<Integer> ids = new ArrayList<>();
        for (int position = 0; position < used; position++) {
            int start = (row * length + position) * width;
            ids.add(idOfRow.getOrDefault(floats(inputs.values(), start, width), IMAGE_POSITION));
        }
        return ids;
    }

    private static Map<List<Float>, Integer> idOfEmbeddingRow(GoldenSet golden, String folder) throws IOException {
        Map<List<Float>, Integer> idOfRow = new HashMap<>();
        for (GoldenTensors shard : shards(golden, folder)) {
            if (!shard.names().contains("model.embed_tokens.weight")) {
                continue;
            }
            GoldenTensors.Tensor embedding = shard.get("model.embed_tokens.weight");
            int width = (int) embedding.shape()[1];
            for (int id = 0; id < embedding.shape()[0]; id++) {
                idOfRow.put(floats(embedding.values(), id * width, width), id);
            }
            assertThat(idOfRow).as("distinct rows of the embedding").hasSize((int)
                    embedding.shape()[0]);
        }
        assertThat(idOfRow).isNotEmpty();
        return idOfRow;
    }

    private static List<GoldenTensors> shards(GoldenSet golden, String folder) throws IOException {
        Map<String, GoldenTensors> shards = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(golden.path(folder), "*.safetensors")) {
            for (Path file : files) {
                shards.put(file.toString(), golden.tensors(folder + "/" + file.getFileName()));
            }
        }
        return List.copyOf(shards.values());
    }

    private static List<Float> floats(float[] values, int start, int width) {
        List<Float> row = new ArrayList<>(width);
        for (int i = start; i < start + width; i++) {
            row.add(values[i]);
        }
        return row;
    }
}
