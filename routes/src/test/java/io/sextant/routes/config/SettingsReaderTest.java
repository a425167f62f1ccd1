package io.sextant.routes.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sextant.connectors.Connectors;
import io.sextant.connectors.CronTimes;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.url.AllowedHost;
import io.sextant.connectors.url.UrlSettings;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.core.Share;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.model.ComputeType;
import io.sextant.core.model.Int8Copy;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.core.prompt.ConversationForm;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Map<String, String> PHOTOS = Map.of(
            "sextant.pipelines.photos.from", "file:photos",
            "sextant.pipelines.photos.steps[0].task", "caption");

    @Test
    void hasADefaultForEverythingButPipelines() {
        SextantSettings settings = read(Map.of());

        assertThat(settings.model())
                .isEqualTo(new ModelChoice(
                        null,
                        "auto",
                        Precision.AUTO,
                        true,
                        0,
                        1000,
                        32,
                        "auto",
                        24L << 30,
                        Int8Copy.AUTO,
                        ComputeType.AUTO,
                        0,
                        true));
        assertThat(settings.model().configured()).isEmpty();
        assertThat(settings.model().in(Path.of("m"))).isEqualTo(ModelSettings.of(Path.of("m")));
        assertThat(settings.imageLimits()).isEqualTo(ImageLimits.DEFAULT);
        assertThat(settings.orientation()).isEqualTo(OrientationPolicy.UPRIGHT);
        assertThat(settings.generation()).isEqualTo(GenerationSettings.DEFAULT);
        assertThat(settings.tasks()).isEmpty();
        assertThat(settings.pipelines()).isEmpty();
        assertThat(settings.log()).isEqualTo(LogSettings.DEFAULT);
    }

    @Test
    void readsWhatPipelinesTell() {
        assertThat(read(Map.of("sextant.log.images", "false", "sextant.log.summary", "0"))
                        .log())
                .isEqualTo(new LogSettings(false, Duration.ZERO));
    }

    @Test
    void readsEveryKeyOfModelImageAndGeneration() {
        SextantSettings settings = read(Map.ofEntries(
                Map.entry("sextant.model.path", "models/big"),
                Map.entry("sextant.model.device", "cuda:1, cuda:0"),
                Map.entry("sextant.model.precision", "bfloat16"),
                Map.entry("sextant.model.lora", "applied"),
                Map.entry("sextant.model.cache-size", "1G"),
                Map.entry("sextant.model.queue-capacity", "20"),
                Map.entry("sextant.model.max-sequences", "8"),
                Map.entry("sextant.model.weight-cache", "/var/cache/weights"),
                Map.entry("sextant.model.weight-cache-size", "5G"),
                Map.entry("sextant.model.int8-copy", "off"),
                Map.entry("sextant.model.compute-type", "float32"),
                Map.entry("sextant.model.threads", "3"),
                Map.entry("sextant.model.trial", "off"),
                Map.entry("sextant.generation.grammar", "off"),
                Map.entry("sextant.generation.refined-boxes", "true"),
                Map.entry("sextant.image.max-bytes", "5000"),
                Map.entry("sextant.image.max-pixels", "60"),
                Map.entry("sextant.image.max-side", "7"),
                Map.entry("sextant.image.orientation", "reference"),
                Map.entry("sextant.generation.max-new-tokens", "20"),
                Map.entry("sextant.generation.decoding", "sampling"),
                Map.entry("sextant.generation.temperature", "0.5"),
                Map.entry("sextant.generation.top-k", "3"),
                Map.entry("sextant.generation.top-p", "0.25"),
                Map.entry("sextant.generation.seed", "-9"),
                Map.entry("sextant.generation.repetition-penalty", "1.5"),
                Map.entry("sextant.generation.conversation-form", "chat-answer")));

        assertThat(settings.model().configured())
                .contains(new ModelSettings(
                        Path.of("models/big"),
                        "cuda:1, cuda:0",
                        Precision.BFLOAT16,
                        false,
                        1L << 30,
                        20,
                        8,
                        Optional.of(Path.of("/var/cache/weights")),
                        5L << 30,
                        Int8Copy.OFF,
                        ComputeType.FLOAT32,
                        3,
                        false,
                        Set.of()));
        assertThat(settings.imageLimits()).isEqualTo(new ImageLimits(5000, 60, 7));
        assertThat(settings.orientation()).isEqualTo(OrientationPolicy.REFERENCE);
        assertThat(settings.generation())
                .isEqualTo(new GenerationSettings(
                        new Decoding.Sampling(0.5, 3, 0.25, -9), 20, 1.5, ConversationForm.CHAT_ANSWER, false, true));
    }

    @Test
    void makesSmallWeightsAtEveryStartWhereNoneAreKept() {
        SextantSettings settings =
                read(Map.of("sextant.model.path", "models/big", "sextant.model.weight-cache", "off"));

        assertThat(settings.model().configured().orElseThrow().weightCache()).isEmpty();
    }

    @Test
    void readsBeamSearch() {
        SextantSettings settings = read(Map.of(
                "sextant.generation.decoding", "beams",
                "sextant.generation.beams", "5",
                "sextant.generation.length-penalty", "-1"));

        assertThat(settings.generation().decoding()).isEqualTo(new Decoding.Beams(5, -1));
    }

    @Test
    void readsAPipelineWithEveryKey() {
        SextantSettings settings = read(Map.ofEntries(
                Map.entry("sextant.pipelines.\"photos\".from", "file:photos?recursive=true"),
                Map.entry("sextant.pipelines.\"photos\".to", "file:results,beside"),
                Map.entry("sextant.pipelines.\"photos\".draw", "true"),
                Map.entry("sextant.pipelines.\"photos\".original", "move"),
                Map.entry("sextant.pipelines.\"photos\".move-to", "done"),
                Map.entry("sextant.pipelines.\"photos\".dead-letter", "file:rejected"),
                Map.entry("sextant.pipelines.\"photos\".settle", "250ms"),
                Map.entry("sextant.pipelines.\"photos\".retry-delay", "2s"),
                Map.entry("sextant.pipelines.\"photos\".max-retry-delay", "PT1M"),
                Map.entry("sextant.pipelines.\"photos\".max-attempts", "7"),
                Map.entry("sextant.pipelines.\"photos\".idempotent", "file:photos.ids"),
                Map.entry("sextant.pipelines.\"photos\".forward-headers", "traceparent, X-*"),
                Map.entry("sextant.pipelines.\"photos\".share", "2.5"),
                Map.entry("sextant.pipelines.\"photos\".deadline", "90s"),
                Map.entry("sextant.pipelines.\"photos\".cron", " 0 30 2 * * ? "),
                Map.entry("sextant.pipelines.\"photos\".steps[0].task", "caption"),
                Map.entry("sextant.pipelines.\"photos\".steps[1].name", "dogs"),
                Map.entry("sextant.pipelines.\"photos\".steps[1].task", "detection"),
                Map.entry("sextant.pipelines.\"photos\".steps[1].prompt", "dog"),
                Map.entry("sextant.pipelines.\"photos\".steps[1].max-new-tokens", "40"),
                Map.entry("sextant.pipelines.\"photos\".steps[2].task", "identify"),
                Map.entry("sextant.pipelines.\"photos\".steps[2].box", "10, 20,300.5,400")));

        assertThat(settings.pipelines())
                .containsExactly(new PipelineSettings(
                        "photos",
                        "file:photos?recursive=true",
                        List.of(
                                new StepSettings("caption", "caption", "", null, null),
                                new StepSettings("dogs", "detection", "dog", null, 40),
                                new StepSettings("identify", "identify", "", new PixelBox(10, 20, 300.5, 400), null)),
                        List.of("file:results", "beside"),
                        true,
                        OriginalPolicy.MOVE,
                        "done",
                        "file:rejected",
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        7,
                        false,
                        List.of(),
                        "file:photos.ids",
                        HeaderPatterns.of(List.of("traceparent", "X-*")),
                        new Share("photos", 2.5),
                        CronTimes.parse("0 30 2 * * ?"),
                        Duration.ofSeconds(90)));
    }

    @Test
    void letsPipelinesHaveAShareTogether() {
        assertThat(read(with("sextant.pipelines.photos.share", "bulk")).pipelines())
                .extracting(PipelineSettings::share)
                .containsExactly(Share.of("bulk"));
    }

    @Test
    void leavesImagesInPlaceAndWritesBesideThemByDefault() {
        assertThat(read(PHOTOS).pipelines())
                .containsExactly(PipelineSettings.of("photos", "file:photos", List.of(StepSettings.of("caption", ""))));
    }

    @Test
    void numbersUnnamedStepsOfTheSameTask() {
        SextantSettings settings = read(with(
                "sextant.pipelines.photos.steps[1].task", "vqa",
                "sextant.pipelines.photos.steps[2].task", "vqa",
                "sextant.pipelines.photos.steps[3].task", "caption",
                "sextant.pipelines.photos.steps[3].name", "vqa-2",
                "sextant.pipelines.photos.steps[4].task", "vqa"));

        assertThat(settings.pipelines().get(0).steps())
                .extracting(StepSettings::name)
                .containsExactly("caption", "vqa", "vqa-3", "vqa-2", "vqa-4");
    }

    @Test
    void handsSettingsOfTasksThrough() {
        SextantSettings settings = read(Map.of(
                "sextant.tasks.\"count\".identifier", "vqa",
                "sextant.tasks.\"count\".answers.few", "1,2",
                "sextant.tasks.grounding.form", "short"));

        assertThat(settings.tasks())
                .containsEntry("count", Map.of("identifier", "vqa", "answers.few", "1,2"))
                .containsEntry("grounding", Map.of("form", "short"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sextant.modle.path | sextant.model.path",
                "sextant.model.pth | sextant.model.path",
                "sextant.image.max-sides | sextant.image.max-side",
                "sextant.pipelines.photos.form | sextant.pipelines.photos.from",
                "sextant.pipelines.\"photos\".steps[0].tsak | sextant.pipelines.\"photos\".steps[*].task",
                "sextant.pipelines.photos.deadletter | sextant.pipelines.photos.dead-letter",
            })
    void refusesAnUnknownKeyAndNamesTheNearest(String unknown, String nearest) {
        assertThatThrownBy(() -> read(with(unknown, "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key " + unknown + "; did you mean ")
                .hasMessageContaining(nearest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sextant.model.device | gpu | sextant.model.device=gpu is no device; write auto, cpu, cuda or cuda:n, or several as cuda:0,cuda:1.",
                "sextant.model.device | cpu,auto | sextant.model.device=cpu,auto is no device; write auto, cpu, cuda or cuda:n, or several",
                "sextant.image.max-bytes | 0 | sextant.image.max-bytes must be at least 1, was 0.",
                "sextant.image.max-pixels | -1 | sextant.image.max-pixels must be at least 1, was -1.",
                "sextant.image.max-side | 0 | sextant.image.max-side must be at least 1, was 0.",
                "sextant.generation.max-new-tokens | 0 | sextant.generation.max-new-tokens must be at least 1, was 0.",
                "sextant.generation.temperature | 0 | sextant.generation.temperature must be more than 0, was 0.0.",
                "sextant.generation.top-k | -1 | sextant.generation.top-k must be 0 (keeps all tokens) or more, was -1.",
                "sextant.generation.top-p | 2 | sextant.generation.top-p must be in 0..1, was 2.0.",
                "sextant.generation.beams | 1 | sextant.generation.beams must be in 2..64, was 1; for one, set decoding=greedy.",
                "sextant.generation.length-penalty | NaN | sextant.generation.length-penalty must be finite, was NaN.",
                "sextant.generation.repetition-penalty | 0 | sextant.generation.repetition-penalty must be more than 0, was 0.0.",
                "sextant.pipelines.photos.move-to | done | move-to=done needs original=move; set that, or leave move-to out",
                "sextant.pipelines.photos.settle | PT-1S | settle must not be negative, was PT-1S",
                "sextant.pipelines.photos.retry-delay | 0 | retry-delay must be more than 0, was PT0S",
                "sextant.pipelines.photos.max-retry-delay | 1s | max-retry-delay must be at least retry-delay=PT5S, was PT1S",
                "sextant.pipelines.photos.share | 0 | share=0 is neither a weight, a number of more than 0, nor a name",
                "sextant.pipelines.photos.share | Mine | share=Mine is neither a weight",
                "sextant.pipelines.photos.cron | every night | cron=every night cannot be read (",
                "sextant.pipelines.photos.deadline | 0 | deadline must be more than 0, was PT0S",
                "sextant.pipelines.photos.steps[0].name | a/b | Step name \"a/b\" cannot be used; write 1 to 64 lower-case",
                "sextant.pipelines.photos.steps[0].name | reason | Step name \"reason\" is taken by the files that explain",
                "sextant.pipelines.photos.steps[0].box | 1,2,3 | box=1,2,3 must be four numbers in pixels of the upright",
                "sextant.pipelines.photos.steps[0].box | 1,2,3,x | box=1,2,3,x must be four numbers in pixels of the",
                "sextant.pipelines.photos.steps[0].box | 9,2,3,4 | right and lower edges must not lie before",
                "sextant.model.queue-capacity | 0 | sextant.model.queue-capacity must be at least 1, was 0",
                "sextant.model.threads | 0 | sextant.model.threads must be in 1..1024, was 0",
                "sextant.model.threads | 1025 | sextant.model.threads must be in 1..1024, was 1025",
                "sextant.model.max-sequences | 257 | sextant.model.max-sequences must be in 1..256, was 257",
                "sextant.model.weight-cache-size | 0 | sextant.model.weight-cache-size must be at least 1, was 0",
                "sextant.http.max-concurrent-requests | 0 | sextant.http: max-concurrent-requests must be at least 1, was 0",
                "sextant.http.max-results | 0 | sextant.http: max-results must be at least 1, was 0",
                "sextant.http.result-lifetime | 0s | sextant.http: result-lifetime must be above 0, was PT0S",
                "sextant.log.summary | PT-1S | sextant.log: summary must not be negative, was PT-1S",
                "sextant.pipelines.photos.steps[0].max-new-tokens | 0 | max-new-tokens must be at least 1, was 0",
            })
    void refusesAValueOutOfRange(String key, String value, String message) {
        assertThatThrownBy(() -> read(with(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sextant.model.cache-size", "sextant.model.weight-cache-size", "sextant.image.max-bytes"})
    void saysWhatAMemorySizeLooksLike(String key) {
        for (String value : List.of("2 apples", "1.5G", "-1", "12Z")) {
            assertThatThrownBy(() -> read(with(key, value)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(key + "=" + value)
                    .hasMessageContaining("write a number of bytes, with K, M or G behind it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sextant.model.precision | int3",
                "sextant.model.lora | sometimes",
                "sextant.model.cache-size | much",
                "sextant.image.orientation | sideways",
                "sextant.image.max-side | wide",
                "sextant.generation.decoding | magic",
                "sextant.pipelines.photos.original | eat",
                "sextant.pipelines.photos.settle | soon",
                "sextant.pipelines.photos.deadline | tomorrow",
                "sextant.pipelines.photos.draw | maybe",
                "sextant.pipelines.photos.conversation | maybe",
                "sextant.pipelines.photos.steps[0].max-new-tokens | many",
                "sextant.pipelines.photos.retry-delay | 5 minutes or so",
                "sextant.s3.path-style | perhaps",
                "sextant.http.body-timeout | soon",
                "sextant.http.references.timeout | soon",
                "sextant.http.references.private-addresses | maybe",
            })
    void refusesAValueOfAnotherForm(String key, String value) {
        assertThatThrownBy(() -> read(with(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key + "=" + value + " cannot be used: ")
                .hasMessageNotContainingAny("SRCFG", "Exception", "class ");
    }

    @Test
    void tellsWrongFormsWrongRangesAndUnknownKeysOfAllPipelinesTogether() {
        assertThatThrownBy(() -> read(with(
                        "sextant.image.max-side", "wide",
                        "sextant.image.max-bytes", "0",
                        "sextant.generation.top-p", "2",
                        "sextant.generation.decoding", "magic",
                        "sextant.model.pth", "x",
                        "sextant.model.device", "gpu",
                        "sextant.pipelines.photos.draw", "maybe",
                        "sextant.pipelines.photos.settle", "soon",
                        "sextant.pipelines.photos.steps[0].box", "1",
                        "sextant.pipelines.other.from", "file:other")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The configuration has 10 problems:")
                .hasMessageContainingAll(
                        "sextant.image.max-side=wide cannot be used: it must be a whole number.",
                        "sextant.image.max-bytes must be at least 1",
                        "sextant.generation.top-p must be in 0..1",
                        "sextant.generation.decoding=magic cannot be used: it must be one of",
                        "Unknown key sextant.model.pth",
                        "sextant.model.device=gpu",
                        "sextant.pipelines.photos.draw=maybe cannot be used: \"maybe\" is neither true nor false.",
                        "sextant.pipelines.photos.settle=soon",
                        "sextant.pipelines.\"photos\".steps[0]",
                        "sextant.pipelines.\"other\": steps must name at least one step");
    }

    @Test
    void takesANameWithAndWithoutQuotesForTheSame() {
        SextantSettings settings = read(with(
                "sextant.pipelines.\"photos\".settle", "7s",
                "sextant.pipelines.\"photos\".steps[1].task", "grounding",
                "sextant.tasks.\"day-light\".template", "is it day?",
                "sextant.tasks.day-light.answers", "yes,no"));

        assertThat(settings.pipelines()).hasSize(1);
        assertThat(settings.pipelines().get(0).settle()).hasSeconds(7);
        assertThat(settings.pipelines().get(0).steps()).hasSize(2);
        assertThat(settings.tasks())
                .containsOnly(Map.entry("day-light", Map.of("template", "is it day?", "answers", "yes,no")));
    }

    @Test
    void refusesTwoStepsOfTheSameGivenName() {
        assertThatThrownBy(() -> read(with(
                        "sextant.pipelines.photos.steps[0].name", "dogs",
                        "sextant.pipelines.photos.steps[1].task", "vqa",
                        "sextant.pipelines.photos.steps[1].name", "dogs")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sextant.pipelines.\"photos\".steps: Two steps are named \"dogs\", so their results would"
                        + " overwrite each other; give each its own name");
    }

    @Test
    void refusesAPipelineWhoseNameMakesNoRouteId() {
        assertThatThrownBy(() -> read(Map.of(
                        "sextant.pipelines.\"My Photos\".from", "file:photos",
                        "sextant.pipelines.\"My Photos\".steps[0].task", "caption")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Pipeline name \"My Photos\" cannot be used");
    }

    @Test
    void namesARequiredKeyThatIsMissingAndTheMisspeltOneThatMayBeWhy() {
        assertThatThrownBy(() -> read(Map.of(
                        "sextant.pipelines.photos.form", "file:photos",
                        "sextant.pipelines.photos.steps[0].task", "caption")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The config property sextant.pipelines.photos.from is required")
                .hasMessageContaining("Unknown key sextant.pipelines.photos.form");
    }

    @Test
    void refusesAPipelineWithoutSteps() {
        assertThatThrownBy(() -> read(Map.of("sextant.pipelines.photos.from", "file:photos")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sextant.pipelines.\"photos\": steps must name at least one step");
    }

    @Test
    void tellsAllProblemsTogether() {
        assertThatThrownBy(() -> read(with(
                        "sextant.model.pth", "x",
                        "sextant.image.max-side", "0",
                        "sextant.generation.top-p", "2",
                        "sextant.pipelines.photos.steps[0].box", "1",
                        "sextant.pipelines.photos.steps[0].name", "reason")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The configuration has 4 problems:")
                .hasMessageContaining("sextant.model.pth")
                .hasMessageContaining("sextant.image.max-side")
                .hasMessageContaining("sextant.generation.top-p")
                .hasMessageContaining("sextant.pipelines.\"photos\".steps[0]");
    }

    @Test
    void tellsEveryValueOutOfRangeOfOneGroupTogether() {
        assertThatThrownBy(() -> read(with(
                        "sextant.http.max-concurrent-requests", "0",
                        "sextant.http.max-requests-per-minute", "0",
                        "sextant.http.body-timeout", "0s",
                        "sextant.http.max-results", "0",
                        "sextant.http.result-lifetime", "0s",
                        "sextant.http.references.timeout", "0s",
                        "sextant.pipelines.photos.steps[0].name", "reason",
                        "sextant.pipelines.photos.steps[0].box", "1,2,3",
                        "sextant.pipelines.photos.steps[0].max-new-tokens", "0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "max-concurrent-requests must be at least 1",
                        "max-requests-per-minute must be at least 1",
                        "body-timeout must be above 0",
                        "max-results must be at least 1",
                        "result-lifetime must be above 0",
                        "references.timeout must be above 0",
                        "Step name \"reason\" is taken",
                        "box=1,2,3 must be four numbers",
                        "max-new-tokens must be at least 1");
    }

    @Test
    void leavesOtherPrefixesAlone() {
        assertThat(read(Map.of("quarkus.http.port", "1", "sextantx.y", "1", "sextant.golden", "folder")))
                .isEqualTo(read(Map.of()));
    }

    /** They are set for a build as a whole, and command lines that tests run in their own process see them. */
    @Test
    void leavesThePropertiesOfTestsAlone() throws IOException {
        Pattern read =
                Pattern.compile("(?:getProperty|getInteger|getLong|getBoolean|PROPERTY =)\\W+(sextant\\.[a-z.]+)\"");
        Path top = Path.of(System.getProperty("sextant.top", ".."));
        Set<String> names = new TreeSet<>();
        for (String module : List.of("core", "connectors", "tasks", "routes", "training", "native")) {
            try (Stream<Path> sources = Files.walk(top.resolve(module).resolve("src/test/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    read.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
                }
            }
        }
        assertThat(names).contains("sextant.golden", "sextant.program", "sextant.test.requests");
        assertThat(names)
                .allSatisfy(name -> assertThat(String.valueOf(catchThrowable(() -> read(Map.of(name, "1")))))
                        .doesNotContain("Unknown key"));
    }

    @Test
    void readsWherePluginsLie() {
        assertThat(read(Map.of("sextant.plugins.path", "colour.jar, plugins")).plugins())
                .containsExactly(Path.of("colour.jar"), Path.of("plugins"));
        assertThat(read(Map.of()).plugins()).isEmpty();
    }

    @Test
    void tellsConnectorsWhatTheyDeclareAndNoMore() {
        Map<String, Map<String, String>> told = read(Map.of(
                        "sextant.s3.endpoint", "http://127.0.0.1:9000",
                        "sextant.s3.access-key", "who",
                        "sextant.s3.secret-key", "hush",
                        "sextant.kafka.\"bootstrap.servers\"", "broker:9092",
                        "sextant.kafka.security.protocol", "SSL"))
                .connectors();

        assertThat(told)
                .containsEntry("file", Map.of())
                .containsEntry("kafka", Map.of("bootstrap.servers", "broker:9092", "security.protocol", "SSL"))
                .containsEntry(
                        "s3", Map.of("endpoint", "http://127.0.0.1:9000", "access-key", "who", "secret-key", "hush"));
        assertThatThrownBy(() -> read(Map.of("sextant.s3.secret-kee", "hush")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key sextant.s3.secret-kee; did you mean sextant.s3.secret-key")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> read(Map.of("sextant.file.x", "y")))
                .hasMessageContaining("Unknown key sextant.file.x");
    }

    @Test
    void readsWhichHostsImagesMayBeReferredToAt() {
        assertThat(read(with()).http().references()).isEqualTo(UrlSettings.NONE);
        UrlSettings urls = read(with(
                        "sextant.http.references.allow", "images.example, *.photos.example:8443",
                        "sextant.http.references.private-addresses", "true",
                        "sextant.http.references.timeout", "3s"))
                .http()
                .references();
        assertThat(urls.allowed())
                .containsExactly(AllowedHost.parse("images.example"), new AllowedHost("photos.example", true, 8443));
        assertThat(urls.isPrivateAllowed()).isTrue();
        assertThat(urls.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void readsByWhichNamesTheApplicationMayBeCalled() {
        assertThat(read(with()).http().hosts()).isEmpty();
        assertThat(read(with("sextant.http.hosts", "proxy.example,other.example"))
                        .http()
                        .hosts())
                .containsExactly("proxy.example", "other.example");
    }

    @Test
    void refusesHostsThatAreNone() {
        assertThatThrownBy(() -> read(with("sextant.http.references.allow", "https://images.example")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("sextant.http.references.allow", "https://images.example");
        assertThatThrownBy(() -> read(with("sextant.http.references.timeout", "0s")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("sextant.http", "references.timeout");
    }

    @Test
    void knowsExactlyTheKeysOfTheInterfaces() {
        Set<String> mapped = new TreeSet<>();
        collect("sextant.model", ModelConfig.class, mapped);
        collect("sextant.image", ImageConfig.class, mapped);
        collect("sextant.generation", GenerationConfig.class, mapped);
        collect("sextant.plugins", PluginsConfig.class, mapped);
        collect("sextant.log", LogConfig.class, mapped);
        collect("sextant.http", HttpConfig.class, mapped);
        mapped.remove("sextant.http.references");
        collect("sextant.http.references", HttpConfig.ReferencesConfig.class, mapped);
        Connectors.standardKeys()
                .forEach((scheme, keys) -> keys.names().forEach(name -> mapped.add("sextant." + scheme + "." + name)));
        collect("sextant.pipelines.*", PipelinesConfig.PipelineConfig.class, mapped);
        mapped.remove("sextant.pipelines.*.steps");
        collect("sextant.pipelines.*.steps[*]", PipelinesConfig.StepConfig.class, mapped);

        assertThat(KnownKeys.KEYS).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(mapped);
    }

    private static void collect(String prefix, Class<?> type, Set<String> keys) {
        for (Method method : type.getDeclaredMethods()) {
            keys.add(
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void readsSecretsFromAFolderOfFilesAndFromAKeyStore(@TempDir Path folder) throws Exception {
        Path files = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(files.resolve("sextant.s3.access-key"), "of-a-file\n");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "changeit".toCharArray();
        store.setEntry(
                "sextant.s3.secret-key",
                new KeyStore.SecretKeyEntry(new SecretKeySpec("of-a-key-store".getBytes(UTF_8), "AES")),
                new KeyStore.PasswordProtection(password));
        Path keys = folder.resolve("secrets.p12");
        try (OutputStream out = Files.newOutputStream(keys)) {
            store.store(out, password);
        }

        SextantSettings settings = read(with(
                "smallrye.config.source.file.locations", files.toString(),
                "smallrye.config.source.keystore.ours.path", keys.toString(),
                "smallrye.config.source.keystore.ours.password", "changeit"));

        assertThat(settings.connectors())
                .containsEntry("s3", Map.of("access-key", "of-a-file", "secret-key", "of-a-key-store"));
    }

    @Test
    void namesOfAFolderOfFilesSayWhatAVariableMeans(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("sextant.pipelines.night-photos.from"), "file:night");

        SextantSettings settings = SettingsReader.withSources(List.of(
                new EnvConfigSource(
                        Map.of(
                                "SEXTANT_PIPELINES_NIGHT_PHOTOS_TO", "file:answers",
                                "SEXTANT_PIPELINES_NIGHT_PHOTOS_STEPS_0__TASK", "caption"),
                        300),
                new PropertiesConfigSource(
                        Map.of("smallrye.config.source.file.locations", folder.toString()), "file", 255)));

        assertThat(settings.pipelines()).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.name()).isEqualTo("night-photos");
            assertThat(pipeline.from()).isEqualTo("file:night");
            assertThat(pipeline.to()).containsExactly("file:answers");
        });
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> values = new HashMap<>(PHOTOS);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    private static SextantSettings read(Map<String, String> values) {
        return SettingsReader.withSources(List.of(new PropertiesConfigSource(values, "test", 100)));
    }
}
