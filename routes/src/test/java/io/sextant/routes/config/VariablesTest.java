package io.sextant.routes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What environment variables set, and which of them are nobody's business. */
class VariablesTest {
    private static final Map<String, String> PHOTOS = Map.of(
            "sextant.pipelines.my-photos.from", "file:photos",
            "sextant.pipelines.my-photos.steps[0].task", "caption",
            "sextant.tasks.day.identifier", "vqa",
            "sextant.tasks.day.template", "is it day?");

    @ParameterizedTest
    @CsvSource({
        "SEXTANT_JAVA_OPTIONS, -Xmx4g",
        "SEXTANT_SERVICE_HOST, 10.0.0.7",
        "SEXTANT_SERVICE_PORT, 8080",
        "SEXTANT_SERVICE_PORT_HTTP, 8080",
        "SEXTANT_PORT, tcp://10.0.0.7:8080",
        "SEXTANT_PORT_8080_TCP, tcp://10.0.0.7:8080",
        "SEXTANT_PORT_8080_TCP_PROTO, tcp",
        "SEXTANT_PORT_8080_TCP_PORT, 8080",
        "SEXTANT_PORT_8080_TCP_ADDR, 10.0.0.7",
        "SEXTANT_KAFKA_SERVICE_HOST, 10.0.0.8",
        "SEXTANT_KAFKA_PORT, tcp://10.0.0.8:9092",
        "SEXTANT_KAFKA_PORT_9092_TCP_ADDR, 10.0.0.8",
        "SEXTANT_TASKS_SERVICE_PORT, 80",
        "SEXTANT_PIPELINES_PORT_80_UDP, udp://10.0.0.9:80",
        "SEXTANT_MODEL_SERVER_PORT, tcp://10.0.0.9:80",
        "SEXTANT_MODEL_SERVER_SERVICE_PORT_GRPC_WEB, 81",
    })
    void leavesVariablesAloneThatAreTheLaunchersOrKubernetes(String variable, String value) {
        assertThat(read(Map.of(variable, value), PHOTOS)).isEqualTo(read(Map.of(), PHOTOS));
        assertThat(told(Map.of(variable, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SEXTANT_MODEL_PTH, SEXTANT_MODEL_PATH",
        "SEXTANT_IMAGE_MAX_SIDES, SEXTANT_IMAGE_MAX_SIDE",
        "SEXTANT_VERSION, SEXTANT_",
        "SEXTANT_PIPELINES_MY_PHOTOS_FORM, SEXTANT_PIPELINES_",
        "SEXTANT_PIPELINES_MY_PHOTOS_STEPS_0__TASKS, SEXTANT_PIPELINES_",
        "SEXTANT_TASKS_QUEUE_LENGTH, SEXTANT_",
        "SEXTANT_TASKS_VQA_FOO, SEXTANT_",
        "SEXTANT_TASKS_VQA_TEMPLATES, SEXTANT_TASKS_VQA_TEMPLATE",
        "SEXTANT_TASKS_CAPTION_DEFAULT, SEXTANT_TASKS_CAPTION_DEFAULT_PROMPT",
        "SEXTANT_TASKS_DAY_SHAPES, SEXTANT_TASKS_DAY_SHAPE",
        "SEXTANT_TASKS__NOBODY__TEMPLATES, SEXTANT_",
        "SEXTANT_GENERATION_TOPK, SEXTANT_GENERATION_TOP_K",
        "SEXTANT_LOG_IMAGE, SEXTANT_LOG_IMAGES",
        "SEXTANT_PLUGINS_PATHS, SEXTANT_PLUGINS_PATH",
        "SEXTANT_S3_ACCESSKEY, SEXTANT_S3_ACCESS_KEY",
    })
    void warnsOfAnyOtherVariableAndNamesTheNearest(String variable, String nearest) {
        SextantSettings settings = read(Map.of(variable, "x"), PHOTOS);
        assertThat(settings).isEqualTo(read(Map.of(), PHOTOS));
        assertThat(settings.taskRegistry().task("day")).isNotNull();
        assertThat(told(Map.of(variable, "x")))
                .singleElement()
                .asString()
                .startsWith("The environment variable " + variable + " stands for no key")
                .contains("did you mean " + nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "SEXTANT_PIPELINES_MY_PHOTO_TO, the pipeline my-photo",
        "SEXTANT_PIPELINES_PHOTOS_STEPS_0__TASK, a variable SEXTANT_PIPELINES_PHOTOS_FROM",
        "SEXTANT_TASKS_DETECTION_TEMPLATE, the task detection has no settings",
    })
    void warnsOfAVariableThatHasNothingToSet(String variable, String why) {
        assertThat(read(Map.of(variable, "x"), PHOTOS)).isEqualTo(read(Map.of(), PHOTOS));
        assertThat(told(Map.of(variable, "x")))
                .singleElement()
                .asString()
                .startsWith("The environment variable " + variable + " stands for no key")
                .contains(why);
    }

    @Test
    void refusesAnUnknownKeyOfATaskInAFile() {
        SextantSettings settings = read(Map.of(), Map.of("sextant.tasks.vqa.foo", "1"));

        assertThatThrownBy(settings::taskRegistry)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key sextant.tasks.\"vqa\".foo; allowed are [template]");
    }

    @Test
    void readsVariablesOfATaskThatNobodyHasSeenWherePluginsMayBringIt() {
        SextantSettings settings = read(
                Map.of("SEXTANT_TASKS__COLOUR__PALETTE", "red=#ff0000", "SEXTANT_PLUGINS_PATH", "plugins"), Map.of());

        assertThat(settings.tasks()).containsOnly(Map.entry("colour", Map.of("palette?", "red=#ff0000")));
    }

    @Test
    void marksAKeyThatIsGuessedAndNoneThatIsWritten() {
        SextantSettings settings = read(
                Map.of(
                        "SEXTANT_TASKS__COLOUR__PALETTE", "red",
                        "SEXTANT_TASKS__COLOUR__SHADE_NAMES", "dark",
                        "SEXTANT_TASKS__COLOUR__SHADES_3_", "light",
                        "SEXTANT_TASKS__COLOUR__IMAGE", "registry/colour:2",
                        "SEXTANT_PLUGINS_PATH", "plugins"),
                Map.of("sextant.tasks.colour.palette", "green"));

        assertThat(settings.tasks())
                .containsOnly(Map.entry(
                        "colour",
                        Map.of(
                                "palette",
                                "red",
                                "shade-names?",
                                "dark",
                                "shades[3]?",
                                "light",
                                "image?",
                                "registry/colour:2")));
    }

    @Test
    void readsVariablesOfAPipelineThatAProfileNames() {
        Map<String, String> values = new HashMap<>();
        PHOTOS.forEach((key, value) -> values.put("%dev." + key, value));

        assertThat(read(Map.of("QUARKUS_PROFILE", "dev", "SEXTANT_PIPELINES_MY_PHOTOS_TO", "file:there"), values)
                        .pipelines())
                .singleElement()
                .satisfies(pipeline -> assertThat(pipeline.to()).containsExactly("file:there"));
    }

    @Test
    void stillRefusesAnUnknownKeyOfAFileThatAVariableHasToo() {
        assertThatThrownBy(() -> read(Map.of("SEXTANT_JAVA_OPTIONS", "-Xmx1g"), Map.of("sextant.java.options", "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key sextant.java.options");
    }

    @Test
    void refusesAnUnknownKeyOfAProfile() {
        assertThatThrownBy(() -> read(Map.of(), Map.of("%dev.sextant.modle.path", "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key %dev.sextant.modle.path; did you mean sextant.model.path");
    }

    @Test
    void setsKeysWithDashes() {
        SextantSettings settings = read(
                Map.of(
                        "SEXTANT_MODEL_CACHE_SIZE", "1K",
                        "SEXTANT_GENERATION_MAX_NEW_TOKENS", "7",
                        "SEXTANT_S3_ACCESS_KEY", "me",
                        "SEXTANT_S3_SECRET_KEY", "hush",
                        "SEXTANT_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                        "SEXTANT_PLUGINS_PATH", "a.jar,b.jar"),
                Map.of());

        assertThat(settings.model().cacheBytes()).isEqualTo(1024);
        assertThat(settings.generation().maxNewTokens()).isEqualTo(7);
        assertThat(settings.connectors().get("s3"))
                .containsEntry("access-key", "me")
                .containsEntry("secret-key", "hush");
        assertThat(settings.connectors().get("kafka")).containsOnly(Map.entry("bootstrap.servers", "broker:9092"));
        assertThat(settings.plugins()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"my-photos", "\"my-photos\""})
    void setsKeysOfAPipelineWhoseNameHasDashes(String written) {
        SextantSettings settings = read(
                Map.of(
                        "SEXTANT_PIPELINES_MY_PHOTOS_TO", "file:elsewhere",
                        "SEXTANT_PIPELINES_MY_PHOTOS_MAX_RETRY_DELAY", "7m",
                        "SEXTANT_PIPELINES_MY_PHOTOS_STEPS_0__MAX_NEW_TOKENS", "9",
                        "SEXTANT_PIPELINES_MY_PHOTOS_STEPS_1__TASK", "vqa",
                        "SEXTANT_PIPELINES_MY_PHOTOS_STEPS_1__PROMPT", "why?"),
                Map.of(
                        "sextant.pipelines." + written + ".from", "file:photos",
                        "sextant.pipelines." + written + ".to", "file:here",
                        "sextant.pipelines." + written + ".steps[0].task", "caption"));

        assertThat(settings.pipelines()).hasSize(1);
        PipelineSettings pipeline = settings.pipelines().get(0);
        assertThat(pipeline.name()).isEqualTo("my-photos");
        assertThat(pipeline.to()).containsExactly("file:elsewhere");
        assertThat(pipeline.maxRetryDelay()).hasMinutes(7);
        assertThat(pipeline.steps()).extracting(StepSettings::prompt).containsExactly("", "why?");
        assertThat(pipeline.steps().get(0).maxNewTokens()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"SEXTANT_PIPELINES_MY_PHOTOS_", "SEXTANT_PIPELINES__MY_PHOTOS__"})
    void declaresAPipelineByVariablesAlone(String prefix) {
        SextantSettings settings = read(
                Map.of(
                        prefix + "FROM", "file:photos",
                        prefix + "TO_0_", "file:one",
                        prefix + "TO_1_", "file:two",
                        prefix + "DEAD_LETTER", "file:bad",
                        prefix + "STEPS_0__TASK", "vqa",
                        prefix + "STEPS_0__PROMPT", "why?"),
                Map.of());

        assertThat(settings.pipelines()).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.name()).isEqualTo("my-photos");
            assertThat(pipeline.from()).isEqualTo("file:photos");
            assertThat(pipeline.to()).containsExactly("file:one", "file:two");
            assertThat(pipeline.deadLetter()).isEqualTo("file:bad");
            assertThat(pipeline.steps()).extracting(StepSettings::task).containsExactly("vqa");
        });
    }

    @Test
    void declaresATaskWhoseNameHasDashes() {
        Map<String, String> day = Map.of(
                "identifier", "vqa", "template", "is it {prompt}?", "default-prompt", "day", "answers[0]", "yes, sir");
        assertThat(read(
                                Map.of(
                                        "SEXTANT_TASKS_DAY_LIGHT_IDENTIFIER", "vqa",
                                        "SEXTANT_TASKS_DAY_LIGHT_TEMPLATE", "is it {prompt}?",
                                        "SEXTANT_TASKS_DAY_LIGHT_ANSWERS_0_", "yes, sir",
                                        "SEXTANT_TASKS_DAY_LIGHT_DEFAULT_PROMPT", "day"),
                                Map.of())
                        .tasks())
                .containsOnly(Map.entry("day-light", day));
        assertThat(read(
                                Map.of("SEXTANT_TASKS_DAY_LIGHT_DEFAULT_PROMPT", "day"),
                                Map.of(
                                        "sextant.tasks.day-light.identifier", "vqa",
                                        "sextant.tasks.day-light.answers[0]", "yes, sir",
                                        "sextant.tasks.day-light.template", "is it {prompt}?"))
                        .tasks())
                .containsOnly(Map.entry("day-light", day));
        assertThat(read(
                                Map.of("SEXTANT_TASKS__DAY_LIGHT__DEFAULT_PROMPT", "day"),
                                Map.of(
                                        "sextant.tasks.\"day-light\".identifier", "vqa",
                                        "sextant.tasks.\"day-light\".answers[0]", "yes, sir",
                                        "sextant.tasks.\"day-light\".template", "is it {prompt}?"))
                        .tasks())
                .containsOnly(Map.entry("day-light", day));
    }

    @Test
    void tellsAWrongValueOfAVariableByItsKey() {
        assertThatThrownBy(() -> read(Map.of("SEXTANT_PIPELINES_MY_PHOTOS_MAX_RETRY_DELAY", "soon"), PHOTOS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.pipelines.my-photos.max-retry-delay=soon");
    }

    @Test
    void readsKeysOfTheProfile() {
        Map<String, String> values = new HashMap<>(PHOTOS);
        values.put("%dev.sextant.image.max-side", "11");
        values.put("%prod.sextant.image.max-side", "12");
        assertThat(read(Map.of(), values).imageLimits().maxSide()).isEqualTo(12);
        assertThat(read(Map.of("QUARKUS_PROFILE", "dev"), values).imageLimits().maxSide())
                .isEqualTo(11);
    }

    private static SextantSettings read(Map<String, String> variables, Map<String, String> file) {
        return SettingsReader.withSources(
                List.of(new EnvConfigSource(variables, 300), new PropertiesConfigSource(file, "file", 255)));
    }

    private static List<String> told(Map<String, String> variables) {
        return KnownKeys.unknownVariables(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300), new PropertiesConfigSource(PHOTOS, "file", 255))
                .build());
    }
}
