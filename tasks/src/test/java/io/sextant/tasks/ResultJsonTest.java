package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.sextant.core.FinishReason;
import io.sextant.core.ModelInfo;
import io.sextant.core.Timings;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.tasks.TaskOutcome.ImageReference;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonSchema SCHEMA = schema();
    private static final LocatedBox BOX =
            new LocatedBox(new BinBox(29, 0, 58, 100), new BinBox(29, 0, 58, 100).toPixels(640, 480), 0.98765);

    static Stream<TaskResult> results() {
        return Stream.of(
                new TaskResult.Text("hello"),
                new TaskResult.Answer("yes", 1.0),
                new TaskResult.Answer("yes", 0.75, probabilities()),
                new TaskResult.Phrases("a cat", List.of(new LocatedPhrase("a cat", List.of(), 0.25)), List.of()),
                new TaskResult.Caption("a \"cat\"\n"),
                new TaskResult.Phrases("a cat", List.of(new LocatedPhrase("a cat", List.of(BOX))), List.of("<p>")),
                new TaskResult.Phrases("", List.of(), List.of()),
                new TaskResult.Boxes(List.of(BOX, BOX), List.of()),
                new TaskResult.Number(1e21, 0.5),
                new TaskResult.Malformed("perhaps"),
                new TaskResult.Custom("urn:example:colour", Map.of("colour", "red", "shares", List.of(0.25, 1, true))));
    }

    @ParameterizedTest
    @MethodSource("results")
    void followsThePublishedSchema(TaskResult result) throws IOException {
        JsonNode document = MAPPER.readTree(ResultJson.COMPACT.toText(outcome(result)));

        assertThat(SCHEMA.validate(document)).isEmpty();
        assertThat(document.at("/result/type").asText())
                .isEqualToIgnoringCase(result.getClass().getSimpleName());
    }

    @Test
    void coversEveryKindOfResult() {
        assertThat(results().map(TaskResult::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList((Class<? extends TaskResult>[]) TaskResult.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "model", "image", "box", "result", "malformed", "tokens", "droppedTurns"})
    void theSchemaRefusesADocumentWithoutAKeyOfItsOwn(String key) throws IOException {
        ObjectNode document =
                (ObjectNode) MAPPER.readTree(ResultJson.COMPACT.toText(outcome(new TaskResult.Text("hello"))));

        document.remove(key);

        assertThat(SCHEMA.validate(document)).isNotEmpty();
    }

    @Test
    void theSchemaRefusesATypeItDoesNotKnow() throws IOException {
        ObjectNode document =
                (ObjectNode) MAPPER.readTree(ResultJson.COMPACT.toText(outcome(new TaskResult.Text("hello"))));

        ((ObjectNode) document.get("result")).put("type", "song");

        assertThat(SCHEMA.validate(document)).isNotEmpty();
    }

    @Test
    void writesKeysInOneOrderAndTimingsLast() {
        String text = ResultJson.COMPACT.toText(outcome(new TaskResult.Boxes(List.of(BOX), List.of("{<1>"))));

        assertThat(text)
                .isEqualTo("{\"schema\":\"sextant-result-v1\",\"id\":\"" + "1".repeat(64) + "\",\"task\":\"refer\","
                        + "\"model\":{\"name\":\"tiny\",\"fingerprint\":\"" + "2".repeat(64)
                        + "\",\"precision\":\"float32\"},\"image\":{\"name\":\"a.jpg\",\"digest\":\"" + "3".repeat(64)
                        + "\",\"width\":640,\"height\":480,\"orientation\":6},\"prompt\":\"the cat\","
                        + "\"box\":{\"xMin\":1.5,\"yMin\":0,\"xMax\":100,\"yMax\":20.33},\"text\":\"as written\","
                        + "\"result\":{\"type\":\"boxes\",\"boxes\":[{"
                        + "\"pixels\":{\"xMin\":185.6,\"yMin\":0,\"xMax\":371.2,\"yMax\":480},"
                        + "\"bins\":{\"xMin\":29,\"yMin\":0,\"xMax\":58,\"yMax\":100},\"confidence\":0.988}]},"
                        + "\"malformed\":[\"{<1>\"],\"finishReason\":\"end-of-sequence\","
                        + "\"tokens\":{\"prompt\":40,\"generated\":9},\"droppedTurns\":0,"
                        + "\"timings\":{\"encodeMs\":12.346,\"prefillMs\":2,\"decodeMs\":0}}");
    }

    @Test
    void writesTheProbabilitiesOfAClosedSetInItsOrder() {
        assertThat(ResultJson.COMPACT.toText(outcome(new TaskResult.Answer("yes", 0.75, probabilities()))))
                .contains("\"result\":{\"type\":\"answer\",\"text\":\"yes\",\"confidence\":0.75,"
                        + "\"probabilities\":{\"yes\":0.667,\"no\":0.333}}");
    }

    @Test
    void writesHowSureTheWordsOfAPhraseAreWhereThereAreAny() {
        List<LocatedPhrase> phrases =
                List.of(new LocatedPhrase("a cat", List.of(), 0.25), new LocatedPhrase("", List.of(), 1));

        assertThat(ResultJson.COMPACT.toText(outcome(new TaskResult.Phrases("a cat", phrases, List.of()))))
                .contains("[{\"text\":\"a cat\",\"boxes\":[],\"confidence\":0.25},{\"text\":\"\",\"boxes\":[]}]");
    }

    private static Map<String, Double> probabilities() {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("yes", 2.0 / 3);
        probabilities.put("no", 1.0 / 3);
        return probabilities;
    }

    @Test
    void leavesTimingsOutWhereOnlyTheIdentifiedContentIsWanted() {
        TaskOutcome outcome = outcome(new TaskResult.Text("hello"));

        assertThat(ResultJson.COMPACT.withoutTimings().toMap(outcome)).doesNotContainKey("timings");
        assertThat(ResultJson.INDENTED.withoutTimings().toText(outcome))
                .contains("\n  \"id\"")
                .doesNotContain("timings");
    }

    @Test
    void writesAPluginsKeysInOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("b", 2.50);
        object.put("a", Map.of("d", 1, "c", 1e-7f));

        String text = ResultJson.COMPACT.toText(outcome(new TaskResult.Custom("urn:example", object)));

        assertThat(text).contains("\"object\":{\"a\":{\"c\":0.0000001,\"d\":1},\"b\":2.5}");
    }

    @Test
    void refusesWhatIsNoJsonValue() {
        TaskOutcome outcome = outcome(new TaskResult.Custom("urn:example", Map.of("share", Double.NaN)));

        assertThatThrownBy(() -> ResultJson.COMPACT.toText(outcome))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("urn:example")
                .hasMessageContaining("java.lang.Double");
    }

    @Test
    void writesNullForARequestWithoutImageAndBox() throws IOException {
        TaskOutcome full = outcome(new TaskResult.Text("hello"));
        TaskOutcome bare = TaskOutcome.builder(full.id(), "chat", full.model(), full.result())
                .finishReason(FinishReason.LENGTH)
                .droppedTurns(2)
                .build();

        JsonNode document = MAPPER.readTree(ResultJson.COMPACT.toBytes(bare));

        assertThat(SCHEMA.validate(document)).isEmpty();
        assertThat(document.get("image").isNull()).isTrue();
        assertThat(document.get("box").isNull()).isTrue();
        assertThat(document.get("finishReason").asText()).isEqualTo("length");
        assertThat(document.get("droppedTurns").asInt()).isEqualTo(2);
    }

    private static TaskOutcome outcome(TaskResult result) {
        ModelInfo model = new ModelInfo("tiny", "2".repeat(64), 448, 256, 4096, "cpu", "float32");
        return TaskOutcome.builder("1".repeat(64), "refer", model, result)
                .prompt("the cat")
                .box(new PixelBox(1.5, 0, 100, 20.333))
                .image(new ImageReference("a.jpg", "3".repeat(64), 640, 480, 6))
                .text("as written")
                .tokens(40, 9)
                .timings(new Timings(Duration.ofNanos(12_345_678), Duration.ofMillis(2), Duration.ZERO))
                .build();
    }

    private static JsonSchema schema() {
        try (InputStream resource = ResultJson.class.getClassLoader().getResourceAsStream(ResultJson.SCHEMA_RESOURCE)) {
            assertThat(resource).isNotNull();
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(MAPPER.readTree(resource));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
