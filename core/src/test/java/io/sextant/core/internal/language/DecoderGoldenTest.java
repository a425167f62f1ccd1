package io.sextant.core.internal.language;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.sequence.TokenScores;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderGoldenTest {
    private static final String FILE = "golden/decoder.safetensors";
    private static final double EMBEDDINGS = 1e-4;
    private static final double ROPE = 1e-5;
    private static final double HIDDEN = 2e-4;
    private static final double LOGITS = 5e-4;

    @TempDir
    private Path directory;

    @Test
    void agreesWithTheReferenceAfterEveryStep() {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors(FILE);
        Coverage coverage = new Coverage(FILE, golden.names());
        coverage.compared("logits_columns"); // says which columns the logits have; used below
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory));
        try (ImageEncoder encoder = ImageEncoder.load(folder, set.device(), ElementType.FLOAT32);
                LanguageDecoder applied = load(set, folder, AdapterUse.APPLIED);
                LanguageDecoder merged = load(set, folder, AdapterUse.MERGED);
                LanguageDecoder without = load(set, folder, AdapterUse.NONE)) {
            for (String table : List.of("rope.cos", "rope.sin", "rope.inv_freq")) {
                coverage.compare(
                        table,
                        read(applied.program(), "weight", table),
                        golden.get(table).values(),
                        ROPE);
            }
            for (JsonObject deep : deepCases(set)) {
                String name = deep.get("name").getAsString();
                float[] pixels = set.tensors("golden/preprocess.safetensors")
                        .get(deep.get("image").getAsString() + ".pixel_values")
                        .values();
                try (DeviceTensor visual = encoder.encode(pixels)) {
                    compareCase(applied, deep, visual, golden, coverage);
                    compareLast(merged, deep, visual, golden, name + ".last_logits_lora_merged", coverage);
                    compareLast(without, deep, visual, golden, name + ".last_logits_without_lora", coverage);
                }
            }
        }
        coverage.assertComplete();
    }

    private static void compareCase(
            LanguageDecoder decoder, JsonObject deep, DeviceTensor visual, GoldenTensors golden, Coverage coverage) {
        String name = deep.get("name").getAsString();
        int length = deep.get("length").getAsInt();
        DeviceProgram program = decoder.program();
        program.execute("set_probing", true);
        try (BlockStorage storage = storage(decoder, length);
                DeviceTensor embeddings = embeddings(decoder, deep, visual);
                DeviceTensor hidden = decoder.forward(storage, List.of(run(length)), embeddings)) {
            // One sequence has no padding: it attends to all of its positions, which are counted from 0.
            coverage.compareExactly(
                    name + ".attention_mask",
                    Arrays.toString(
                            IntStream.range(0, length).map(position -> 1).toArray()),
                    Arrays.toString(golden.get(name + ".attention_mask").ints()));
            coverage.compareExactly(
                    name + ".position_ids",
                    Arrays.toString(IntStream.range(0, length).toArray()),
                    Arrays.toString(golden.get(name + ".position_ids").ints()));
            compareLogits(decoder, hidden, length, name, golden, coverage);
        }
        for (String probe : program.names("probe_names")) {
            double tolerance = probe.equals("inputs_embeds") ? EMBEDDINGS : HIDDEN;
            coverage.compare(
                    name + "." + probe,
                    read(program, "probed", probe),
                    golden.get(name + "." + probe).values(),
                    tolerance);
        }
        program.execute("set_probing", false);
    }

    private static void compareLogits(
            LanguageDecoder decoder,
            DeviceTensor hidden,
            int length,
            String name,
            GoldenTensors golden,
            Coverage coverage) {
        int vocabulary = decoder.dimensions().vocabulary();
        float[] last = decoder.logits(hidden, new int[] {length - 1})[0];
        coverage.compare(
                name + ".last_logits",
                columns(last, golden),
                golden.get(name + ".last_logits").values(),
                LOGITS);
        try (DeviceTensor logits = decoder.program().call("all_logits", hidden)) {
            float[] all = decoder.program().floats(logits);
            int positions = all.length / vocabulary;
            float[] chosen = new float[0];
            int[] best = new int[positions];
            float[] sums = new float[positions];
            for (int position = 0; position < positions; position++) {
                float[] row = Arrays.copyOfRange(all, position * vocabulary, (position + 1) * vocabulary);
                best[position] = TokenScores.best(row);
                sums[position] = (float) TokenScores.logSumExp(row);
                float[] part = columns(row, golden);
                chosen = Arrays.copyOf(chosen, chosen.length + part.length);
                System.arraycopy(part, 0, chosen, chosen.length - part.length, part.length);
            }
            coverage.compare(
                    name + ".logits", chosen, golden.get(name + ".logits").values(), LOGITS);
            coverage.compareExactly(
                    name + ".logits_argmax",
                    Arrays.toString(best),
                    Arrays.toString(golden.get(name + ".logits_argmax").ints()));
            coverage.compare(
                    name + ".logits_logsumexp",
                    sums,
                    golden.get(name + ".logits_logsumexp").values(),
                    LOGITS);
        }
    }

    private static void compareLast(
            LanguageDecoder decoder,
            JsonObject deep,
            DeviceTensor visual,
            GoldenTensors golden,
            String name,
            Coverage coverage) {
        int length = deep.get("length").getAsInt();
        try (BlockStorage storage = storage(decoder, length);
                DeviceTensor embeddings = embeddings(decoder, deep, visual);
                DeviceTensor hidden = decoder.forward(storage, List.of(run(length)), embeddings)) {
            coverage.compare(
                    name,
                    columns(decoder.logits(hidden, new int[] {length - 1})[0], golden),
                    golden.get(name).values(),
                    LOGITS);
        }
    }

    private static float[] columns(float[] row, GoldenTensors golden) {
        int[] columns = golden.get("logits_columns").ints();
        float[] chosen = new float[columns.length];
        for (int i = 0; i < columns.length; i++) {
            chosen[i] = row[columns[i]];
        }
        return chosen;
    }

    private static BlockStorage storage(LanguageDecoder decoder, int length) {
        return decoder.newStorage(length / 16 + 2, 16);
    }

    private static SequenceRun run(int length) {
        return new SequenceRun(IntStream.rangeClosed(1, length / 16 + 1).toArray(), 0, length);
    }

    private static DeviceTensor embeddings(LanguageDecoder decoder, JsonObject deep, DeviceTensor visual) {
        JsonArray segments = deep.getAsJsonArray("segment_token_ids");
        int visualTokens = (int) decoder.program().shape(visual)[1];
        List<Integer> all = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (i > 0) {
                places.add(all.size());
                all.addAll(Collections.nCopies(visualTokens, 0));
            }
            Arrays.stream(ids(segments.get(i))).forEach(all::add);
        }
        DeviceTensor embeddings =
                decoder.embed(all.stream().mapToInt(Integer::intValue).toArray());
        places.forEach(place -> decoder.placeVisual(embeddings, place, visual, 0, visualTokens));
        return embeddings;
    }

    private static int[] ids(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    private static List<JsonObject> deepCases(GoldenSet set) {
        JsonObject prompts = set.json("golden/prompts.json");
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement element : prompts.getAsJsonArray("cases")) {
            if (prompts.getAsJsonArray("deep_cases")
                    .contains(element.getAsJsonObject().get("name"))) {
                cases.add(element.getAsJsonObject());
            }
        }
        return cases;
    }

    private static LanguageDecoder load(GoldenSet set, ModelFolder folder, AdapterUse adapter) {
        LanguageDecoder decoder = LanguageDecoder.load(folder, set.device(), ElementType.FLOAT32, adapter);
        decoder.leaveRowsUnpadded();
        return decoder;
    }

    private static float[] read(DeviceProgram program, String method, String name) {
        try (DeviceTensor tensor = program.call(method, name)) {
            return program.floats(tensor);
        }
    }
}
