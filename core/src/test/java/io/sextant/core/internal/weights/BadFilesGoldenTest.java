package io.sextant.core.internal.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.weights.folder.DecoderFolder;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.internal.weights.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every bad weight file of the golden set is refused in words that help, or loads to the right values where that is fine. */
class BadFilesGoldenTest {
    private final GoldenSet golden = GoldenSet.open();
    private final ModelDescription description = GoldenModel.description(golden);

    @Test
    void refusesEveryBadFileByNameAndReason() {
        List<JsonObject> cases = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonElement element : golden.json("bad/bad.json").getAsJsonArray("files")) {
            JsonObject bad = element.getAsJsonObject();
            // The tokenizer's files are the business of its own golden test.
            if (!bad.get("loaded_as").getAsString().equals("tokenizer folder")) {
                cases.add(bad);
                names.add(bad.get("file").getAsString());
            }
        }
        Coverage coverage = new Coverage("bad weight files", names);

        for (JsonObject bad : cases) {
            String file = bad.get("file").getAsString();
            Optional<String> refusal = refusal(bad.get("loaded_as").getAsString(), golden.path("bad/" + file), bad);
            if (refusal.isPresent()) {
                assertThat(refusal.get()).as(file).contains(file).satisfiesAnyOf(reasons(bad));
            } else {
                assertThat(bad.has("also_acceptable")).as(file + " was loaded").isTrue();
            }
            coverage.compared(file);
        }
        coverage.assertComplete();
    }

    /** The message, or nothing if the file loaded, which {@code bad.json} must allow, to the values it must then have. */
    private Optional<String> refusal(String loadedAs, Path path, JsonObject bad) {
        try {
            switch (loadedAs) {
                case "checkpoint" -> {
                    ModelFolder model = open(GoldenModel.with(description, description.imageEncoder(), path));
                    if (bad.has("also_acceptable")) {
                        assertSameValues(model.checkpoint(), open(description).checkpoint());
                    }
                }
                case "eva" -> open(GoldenModel.with(description, path, description.checkpoint()));
                case "llama folder" -> DecoderFolder.open(path).inspect().orThrow();
                case "safetensors" -> SafetensorsFile.open(path);
                default -> throw new AssertionError("unknown kind of bad file: " + bad);
            }
            return Optional.empty();
        } catch (ModelFilesException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What {@code message_should_name} asks for: alternatives are separated by "or", and of one alternative every word has to
     * be there. A tensor's one-letter name has to be quoted, since any message has the letter somewhere.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array for a varargs parameter
    private static Consumer<String>[] reasons(JsonObject bad) {
        List<Consumer<String>> reasons = new ArrayList<>();
        String wanted = bad.get("message_should_name").getAsString();
        for (String alternative : wanted.split(" or ")) {
            reasons.add(message -> assertThat(message.toLowerCase(Locale.ROOT))
                    .as("should name: " + wanted)
                    .contains(words(alternative.toLowerCase(Locale.ROOT))));
        }
        return reasons.toArray(new Consumer[0]);
    }

    private static List<String> words(String text) {
        if (text.length() == 1) {
            return List.of('"' + text + '"');
        }
        List<String> words = new ArrayList<>(List.of(text.split("[\\s,()]+")));
        words.removeAll(List.of("the", "an", "a", "of", "and", "such", "as", "another", ""));
        assertThat(words).as(text).isNotEmpty();
        return words;
    }

    private static ModelFolder open(ModelDescription description) {
        return ModelFolder.open(description, ReadProgress.NONE);
    }

    private static void assertSameValues(Map<String, StoredTensor> actual, Map<String, StoredTensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((key, tensor) -> assertThat(tensor.readFloats())
                .as(key)
                .isEqualTo(GoldenModel.tensor(expected, key).readFloats()));
    }
}
