package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed download left under a file's name is called what it is, for every file of a model folder. */
class SavedInsteadTest {
    /** Lie in the folder for other programs; nothing here reads them. */
    private static final Set<String> UNREAD =
            Set.of("generation_config.json", "tokenizer_config.json", "special_tokens_map.json");

    private static final Map<String, String> POINTERS = Map.of("pointer", """
                    version https://git-lfs.github.com/spec/v1
                    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
                    size 12345
                    """, "old pointer", """
                    version https://hawser.github.com/spec/v1
                    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
                    size 12345
                    """);
    private static final Map<String, String> PAGES = Map.of(
            "page", "<!DOCTYPE html><html><body>Sign in</body></html>",
            "page behind a byte order mark", "\uFEFF\r\n<HTML lang=\"en\">",
            "page behind a comment", "<!-- proxy --><html>",
            "storage's refusal", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "bare refusal", "<Error><Code>NoSuchKey</Code></Error>");

    @TempDir
    Path folder;

    static List<String> files() throws IOException {
        Path model = Files.createTempDirectory("sextant-test");
        RandomModel.write(model, RandomModelSize.tiny(), 3);
        List<String> names = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(model)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> {
                if (Files.isRegularFile(path)
                        && !UNREAD.contains(path.getFileName().toString())) {
                    names.add(model.relativize(path).toString());
                }
                path.toFile().delete();
            });
        }
        return names;
    }

    @Test
    void knowsAllKindsOfFilesOfAModel() throws IOException {
        assertThat(files())
                .anyMatch(name -> name.endsWith("sextant.json"))
                .anyMatch(name -> name.endsWith("config.json"))
                .anyMatch(name -> name.endsWith("tokenizer.json"))
                .anyMatch(name -> name.endsWith(".safetensors"))
                .anyMatch(name -> name.endsWith(".pth"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void callsAPointerAndAPageWhatTheyAre(String name) throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Path file = folder.resolve(name);
        for (Map.Entry<String, String> pointer : POINTERS.entrySet()) {
            assertToldAs(file, pointer, "Git LFS pointer", "git lfs pull");
        }
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            assertToldAs(file, page, "a web page was saved instead", "download the file itself");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void showsHowTheTextBeginsThatLiesInPlaceOfWeights(String name) throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Path file = folder.resolve(name);
        if (!name.endsWith(".json")) {
            String refusal = "Access to model meta-llama is restricted.\nYou must be authenticated to access it.";
            assertToldAs(file, Map.entry("refusal", refusal), "Access to model meta-llama is restricted.", "signed in");
        }
    }

    @Test
    void callsAPointerInPlaceOfTheIndexOfShardsWhatItIs() throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        for (String weights : List.of("model.safetensors", "pytorch_model.bin")) {
            Files.deleteIfExists(folder.resolve("llama").resolve("model.safetensors"));
            Path index = folder.resolve("llama").resolve(weights + ".index.json");
            for (Map.Entry<String, String> pointer : POINTERS.entrySet()) {
                assertToldAs(index, pointer, "Git LFS pointer", "git lfs pull");
            }
            Files.delete(index);
        }
    }

    private static final Map<String, String> REFUSALS = Map.of(
            "refusal", "{\"error\":\"Repository not found\"}",
            "short refusal", "{\"error\":1}",
            "gateway's refusal", "{\n  \"statusCode\": 403,\n  \"message\" : \"Forbidden\"\n}",
            "refusal by a framework", "{\"type\":\"about:blank\",\"title\":\"x\",\"detail\":\"sign in\"}");

    @ParameterizedTest
    @MethodSource("files")
    void callsAnEmptyFileAndAServersRefusalWhatTheyAre(String name) throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Path file = folder.resolve(name);
        for (Map.Entry<String, String> refusal : REFUSALS.entrySet()) {
            assertToldAs(file, refusal, refusal.getValue().lines().findFirst().orElseThrow(), "signed in");
        }
        assertToldAs(file, Map.entry("nothing", ""), "is empty", "fetch it again");
    }

    /** Nothing is told of most files where others are found by their names and do not let the model be described. */
    @ParameterizedTest
    @MethodSource("published")
    void callsEveryFileOfThePublishedLayoutWhatItIs(String name) throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Files.delete(folder.resolve("sextant.json"));
        Files.writeString(folder.resolve("llama/config.json"), "{}");
        Path file = folder.resolve(name);
        for (Map.Entry<String, String> pointer : POINTERS.entrySet()) {
            assertToldAs(file, pointer, "Git LFS pointer", "git lfs pull");
        }
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            assertToldAs(file, page, "a web page was saved instead", "download the file itself");
        }
        for (Map.Entry<String, String> refusal : REFUSALS.entrySet()) {
            assertToldAs(file, refusal, refusal.getValue().lines().findFirst().orElseThrow(), "signed in");
        }
        assertToldAs(file, Map.entry("nothing", ""), "is empty", "fetch it again");
    }

    static List<String> published() throws IOException {
        List<String> names = new ArrayList<>(files());
        names.remove("sextant.json");
        names.addAll(List.of(
                "another.pth",
                "llama/pytorch_model.bin",
                "llama/pytorch_model-00001-of-00002.bin",
                "llama/model.safetensors.index.json",
                "other/model-00001-of-00002.safetensors"));
        return names;
    }

    private void assertToldAs(Path file, Map.Entry<String, String> content, String what, String advice)
            throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.getValue());
        assertThat(ModelInspector.inspect(folder, false).problems())
                .as(content.getKey() + " in " + file)
                .anySatisfy(problem -> assertThat(problem)
                        .contains(file.toString())
                        .contains(what)
                        .contains(advice));
    }
}
