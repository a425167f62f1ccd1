package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.declared.TaskDeclaration;
import io.sextant.tasks.declared.TaskFiles;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each task says of its results, held against what it answers by the embedded model. {@code -Dsextant.schemas.update=true} writes the
 * files of the built-in tasks again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskSchemasTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path TOP = Path.of(System.getProperty("sextant.top", ".."));
    private static final Path GENERATED = TOP.resolve("tasks/src/generated/resources/META-INF/sextant/tasks");
    private static final Path ELEPHANTS = TOP.resolve("docs/examples/camel-main/src/test/resources/elephants.jpg");
    private static final Map<String, String> DECLARED = Map.of(
            "free", "template: '{prompt}'",
            "presence", "identifier: vqa\ntemplate: 'is there {prompt}?'\nanswers: [yes, no]",
            "open", "identifier: vqa\ntemplate: '{prompt}'\nshape: answer",
            "places", "identifier: refer\ntemplate: '{prompt}'\nshape: boxes",
            "told", "identifier: grounding\ntemplate: '{prompt}'\nshape: phrases",
            "count", "identifier: vqa\ntemplate: 'how many {prompt}?'\nshape: number",
            "all-steps",
                    "steps: [{ask: detection, prompt: '{prompt}', name: things}, {ask: vqa, prompt: 'what is this?', at: things}]",
            "at-each",
                    "steps: [{ask: detection, prompt: '{prompt}', name: things}, {ask: vqa, prompt: 'what is this?', at: things}]\nresult: vqa",
            "of-one", "steps: [{ask: caption, prompt: '{prompt}'}]\nresult: caption");

    private final RgbImage image = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT).decode(ELEPHANTS);
    private final Map<String, TaskOutcome> outcomes = new HashMap<>();
    private TaskRegistry registry;
    private VisionLanguageModel model;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> task : DECLARED.entrySet()) {
            Files.writeString(folder.resolve(task.getKey() + ".yaml"), task.getValue());
        }
        List<TaskDeclaration> declared = TaskFiles.tasks(List.of(folder));
        List<TaskFactory> factories = new ArrayList<>(TaskRegistries.factories(TaskFactory.class.getClassLoader()));
        factories.add(new ShoutTaskFactory());
        registry = TaskRegistries.of(factories, Map.of(), declared);
        model = ModelLoader.load(ModelSettings.of(EmbeddedModel.folder()));
    }

    @AfterAll
    void close() {
        model.close();
    }

    private Stream<String> tasks() {
        return registry.tasks().stream().map(task -> task.descriptor().name());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void describesWhatTheTaskAnswers(String task) throws Exception {
        TaskDescriptor descriptor = registry.task(task).descriptor();
        JsonNode document = answer(descriptor);

        assertThat(faults(TaskSchemas.ofDocument(descriptor), document)).isEmpty();
        assertThat(faults(TaskSchemas.ofResult(descriptor), document.get("result")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void refusesWhatTheTaskNeverAnswers(String task) throws Exception {
        TaskDescriptor descriptor = registry.task(task).descriptor();
        ObjectNode document = (ObjectNode) answer(descriptor);
        ObjectNode other = document.deepCopy().put("task", "another");
        ObjectNode untyped = document.deepCopy();
        ((ObjectNode) untyped.get("result")).put("type", "drawing");
        ObjectNode emptied = document.deepCopy();
        emptied.putObject("result").put("type", document.at("/result/type").asText());

        for (ObjectNode wrong : List.of(other, untyped, emptied)) {
            assertThat(faults(TaskSchemas.ofDocument(descriptor), wrong))
                    .as(wrong.toString())
                    .isNotEmpty();
        }
        for (ObjectNode wrong : List.of(untyped, emptied)) {
            assertThat(faults(TaskSchemas.ofResult(descriptor), wrong.get("result")))
                    .as(wrong.toString())
                    .isNotEmpty();
        }
    }

    @Test
    void aClosedSetHasNoOtherAnswers() throws Exception {
        TaskDescriptor presence = registry.task("presence").descriptor();

        assertThat(faults(TaskSchemas.ofResult(presence), MAPPER.readTree("""
                {"type": "answer", "text": "perhaps", "confidence": 1}"""))).isNotEmpty();
        assertThat(faults(TaskSchemas.ofResult(presence), MAPPER.readTree("""
                {"type": "malformed", "text": "perhaps"}"""))).isEmpty();
    }

    @Test
    void anObjectOfAPluginsOwnFollowsItsOwnSchema() throws Exception {
        TaskDescriptor each = registry.task("read-each").descriptor();
        ObjectNode document = (ObjectNode) answer(each);
        ((ObjectNode) document.at("/result/object")).put("leftOut", -1);

        assertThat(faults(TaskSchemas.ofDocument(each), document))
                .extracting(ValidationMessage::getMessage)
                .anyMatch(fault -> fault.contains("leftOut"));
    }

    @Test
    void eachTaskIsOfTheTypesItSays() {
        assertThat(registry.tasks()).allSatisfy(task -> {
            TaskDescriptor descriptor = task.descriptor();
            TaskOutcome outcome = outcome(descriptor);
            assertThat(descriptor.result().allows(outcome.result()))
                    .as(descriptor.name())
                    .isTrue();
        });
    }

    @Test
    void theJarHasTheSchemasOfTheBuiltInTasks() throws Exception {
        Map<String, String> schemas = TaskRegistries.discover().tasks().stream()
                .map(task -> task.descriptor())
                .collect(Collectors.toMap(
                        task -> task.name() + ".schema.json", task -> indented(TaskSchemas.ofResult(task))));
        if (Boolean.getBoolean("sextant.schemas.update")) {
            Files.createDirectories(GENERATED);
            for (Map.Entry<String, String> schema : schemas.entrySet()) {
                Files.writeString(GENERATED.resolve(schema.getKey()), schema.getValue());
            }
        }
        Map<String, String> kept;
        try (Stream<Path> files = Files.list(GENERATED)) {
            kept = files.collect(Collectors.toMap(file -> file.getFileName().toString(), TaskSchemasTest::text));
        }

        assertThat(kept)
                .as("generate them again: mvn test -pl tasks -am -Dtest=TaskSchemasTest -Dsextant.schemas.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(schemas);
    }

    @Test
    void aSchemaThatIsNoneIsToldByItsName() {
        assertThatThrownBy(() -> ResultSchema.customFrom("urn:a:b", TaskSchemasTest.class, "no-such.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such.json")
                .hasMessageContaining("urn:a:b");
    }

    /** Asked once. */
    private TaskOutcome outcome(TaskDescriptor task) {
        return outcomes.computeIfAbsent(task.name(), name -> ask(task));
    }

    private TaskOutcome ask(TaskDescriptor task) {
        String words = task.examplePrompt().isEmpty() ? "elephant" : task.examplePrompt();
        TaskInput input = TaskInput.builder(task.imageNeed() == InputNeed.UNUSED ? null : image)
                .prompt(task.promptNeed() == InputNeed.UNUSED ? "" : words)
                .box(task.boxNeed() == InputNeed.UNUSED ? null : new PixelBox(10, 10, 200, 200))
                .build();
        return new ModelTaskRunner(model, registry).run(task.name(), input);
    }

    private JsonNode answer(TaskDescriptor task) throws IOException {
        return MAPPER.readTree(ResultJson.COMPACT.toText(outcome(task)));
    }

    private static Set<ValidationMessage> faults(Map<String, Object> schema, JsonNode value) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(MAPPER.<JsonNode>valueToTree(schema))
                .validate(value);
    }

    private static String indented(Map<String, Object> schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(schema) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
