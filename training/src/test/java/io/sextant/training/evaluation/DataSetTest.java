package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Round;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {
    private static final String GOOD =
            "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"prompt\": \"how many?\", \"answers\": [\"2\"]}";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeImage() throws IOException {
        Files.createDirectory(folder.resolve("images"));
        Files.createFile(folder.resolve("images/1.jpg"));
        Files.writeString(folder.resolveSibling("outside.jpg"), "");
    }

    @Test
    void readsEveryKindOfRequest() throws IOException {
        List<Annotation> read = read("""
                {"image": "images/1.jpg", "task": "refer", "prompt": "the apple on the left", "boxes": [[12, 40, 91, 120]]}
                {"image": "images/1.jpg", "task": "identify", "box": [12, 40.5, 91, 120], "answers": ["the apple", "it"]}

                {"image": "images/1.jpg", "task": "detection", "prompt": "apple", "phrases": [{"text": "apple", "boxes": []}]}
                {"image": "images/1.jpg", "task": "vqa", "history": [{"task": "refer", "prompt": "the dog", "text": "{<1><2><3><4>}"}], "prompt": "how many?", "answers": ["2"]}
                {"image": "images/1.jpg", "task": "caption", "prompt": "describe this image", "objects": ["dog", "apple"]}
                {"image": "images/1.jpg", "task": "grounding", "prompt": "describe this image", "phrases": [{"text": "a dog", "boxes": [[1, 2, 3, 4]]}]}
                """);

        assertThat(read).extracting(Annotation::line).containsExactly(1, 2, 4, 5, 6, 7);
        assertThat(read.get(0).question().truth()).isEqualTo(new Truth.Boxes(List.of(new PixelBox(12, 40, 91, 120))));
        assertThat(read.get(0).image()).isEqualTo(folder.resolve("images/1.jpg"));
        assertThat(read.get(1).question().box()).isEqualTo(new PixelBox(12, 40.5, 91, 120));
        assertThat(read.get(1).question().prompt()).isEmpty();
        assertThat(read.get(2).question().truth())
                .isEqualTo(new Truth.Phrases(List.of(new GroundedPhrase("apple", List.of()))));
        assertThat(read.get(3).question().history())
                .containsExactly(new Round(Task.REFER, "the dog", "{<1><2><3><4>}"));
        assertThat(read.get(4).question().truth()).isEqualTo(new Truth.Objects(List.of("dog", "apple")));
        assertThat(read.get(5).question().task()).isEqualTo(Task.GROUNDING);
    }

    @Test
    void letsFurtherFieldsPass() throws IOException {
        assertThat(read(GOOD.replace("}", ", \"text\": \"2\", \"difficulty\": 3}")))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json|is no JSON",
                "[1, 2]|is no JSON object",
                "{\"task\": \"vqa\"}|\"image\" is missing",
                "{\"image\": \"images/2.jpg\", \"task\": \"vqa\"}|\"image\" must be a file below",
                "{\"image\": \"../outside.jpg\", \"task\": \"vqa\"}|\"image\" must be a file below",
                "{\"image\": \"images/1\\u0000.jpg\", \"task\": \"vqa\"}|\"image\" must be a file below",
                "{\"image\": \"images/1.jpg\", \"task\": \"count\"}|must be one of refer, identify",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"answers\": [\"2\"]}|\"prompt\" is missing",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"prompt\": 3, \"answers\": [\"2\"]}|\"prompt\" must be a text",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"prompt\": \"q\", \"answers\": []}|at least one text",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"prompt\": \"q\", \"answers\": \"2\"}|must be a list of texts",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"prompt\": \"q\", \"answers\": [2]}|\"answers\" must be a text",
                "{\"image\": \"images/1.jpg\", \"task\": \"refer\", \"prompt\": \"q\", \"boxes\": []}|at least one box",
                "{\"image\": \"images/1.jpg\", \"task\": \"refer\", \"prompt\": \"q\", \"boxes\": [[1, 2, 3]]}|[left, top, right",
                "{\"image\": \"images/1.jpg\", \"task\": \"refer\", \"prompt\": \"q\", \"boxes\": [[9, 2, 3, 4]]}|not before left",
                "{\"image\": \"images/1.jpg\", \"task\": \"refer\", \"prompt\": \"q\", \"boxes\": [[1, 2, 3, \"4\"]]}|[left, top, right",
                "{\"image\": \"images/1.jpg\", \"task\": \"identify\", \"answers\": [\"a\"]}|\"box\" is missing",
                "{\"image\": \"images/1.jpg\", \"task\": \"caption\", \"prompt\": \"q\"}|\"objects\" is missing",
                "{\"image\": \"images/1.jpg\", \"task\": \"grounding\", \"prompt\": \"q\", \"phrases\": [{\"text\": \"a\"}]}|\"boxes\" is missing",
                "{\"image\": \"images/1.jpg\", \"task\": \"grounding\", \"prompt\": \"q\", \"phrases\": [1]}|must be a list of objects",
                "{\"image\": \"images/1.jpg\", \"task\": \"vqa\", \"history\": [{\"task\": \"vqa\"}], \"prompt\": \"q\", \"answers\": [\"2\"]}|\"history\": \"prompt\" is missing",
            })
    void namesFileAndLineOfWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> read(GOOD + "\n" + line))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining(folder.resolve("annotations.jsonl") + " line 2")
                .hasMessageContaining(problem);
    }

    @Test
    void takesAFolderBelowWhichEverythingIs() throws IOException {
        Files.writeString(folder.resolve("annotations.jsonl"), GOOD);
        Path here = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        assertThat(DataSet.read(here)).hasSize(1);
        assertThat(DataSet.inside(Path.of("."), "images/1.jpg")).contains(Path.of("images/1.jpg"));
        assertThat(DataSet.inside(Path.of("."), "../1.jpg")).isEmpty();
    }

    @Test
    void refusesAFolderWithoutRequests() throws IOException {
        assertThatThrownBy(() -> DataSet.read(folder)).hasMessageContaining("has no annotations.jsonl");
        assertThatThrownBy(() -> read("\n\n")).hasMessageContaining("nothing can be scored");
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Files.write(folder.resolve("annotations.jsonl"), new byte[] {(byte) 0xC3, 0x28});

        assertThatThrownBy(() -> DataSet.read(folder)).hasMessageContaining("is not UTF-8");
    }

    private List<Annotation> read(String lines) throws IOException {
        Files.writeString(folder.resolve("annotations.jsonl"), lines);
        return DataSet.read(folder);
    }
}
