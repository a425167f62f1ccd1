package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.files;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineAssemblyTest {
    @TempDir
    Path work;

    private Path photos;

    @BeforeEach
    void createFolder() throws IOException {
        photos = Files.createDirectory(work.resolve("photos"));
    }

    @Test
    void topicsAreNotAskedAtTimes() {
        String[] nightly = {
            "from", "kafka:photos?brokers=127.0.0.1:1", "to", "file:" + work.resolve("results"), "cron", "0 30 2 * * ?"
        };
        refused(photos(photos, nightly))
                .hasMessageContaining("cron=0 30 2 * * ?: from=kafka:photos brings images when they come");
    }

    @Test
    void namesTheKnownTasksForAnUnknownOne() {
        refused(photos(photos, "steps[0].task", "captoin"))
                .hasMessageContaining("sextant.pipelines.\"photos\".steps[0].task=captoin")
                .hasMessageContaining(
                        "caption, chat, detection, grounding, identify, read-each, refer, verified-caption, vqa");
    }

    @Test
    void refusesAStepWithoutTheWordsItsTaskNeeds() {
        refused(photos(photos, "steps[0].task", "vqa"))
                .hasMessage("sextant.pipelines.\"photos\".steps[0].prompt is missing; the task \"vqa\" needs one.");
    }

    @Test
    void refusesABoxForATaskThatTakesNone() {
        refused(photos(photos, "steps[0].box", "1,2,3,4"))
                .hasMessageContaining("steps[0].box is of no use to the task \"caption\"; leave it out.");
    }

    @Test
    void refusesAStepItsTaskCanMakeNoPromptOf() {
        refused(photos(photos, "steps[0].task", "identify"))
                .hasMessageContaining("sextant.pipelines.\"photos\".steps[0]: ")
                .hasMessageContaining("box");
    }

    @Test
    void refusesAStepThatReadsAHeaderNoImageOfAFolderBrings() {
        refused(photos(
                        photos,
                        "sextant.tasks.shelf.identifier",
                        "vqa",
                        "sextant.tasks.shelf.template",
                        "is it {header.colour}?",
                        "sextant.tasks.shelf.headers",
                        "colour",
                        "steps[0].task",
                        "shelf"))
                .hasMessageContaining(
                        "sextant.pipelines.\"photos\".steps[0].task=shelf reads the header \"colour\", and from=file:"
                                + photos + " brings images without headers");
    }

    @Test
    void refusesAWatchedFolderThatIsNotThere() {
        refused(photos(work.resolve("nowhere")))
                .hasMessageContaining("there is no folder " + work.resolve("nowhere"))
                .hasMessageContaining("create it");
    }

    @Test
    void refusesAWatchedFolderThatIsAFile() throws IOException {
        refused(photos(Files.createFile(work.resolve("file")))).hasMessageContaining("there is no folder");
    }

    @Test
    void refusesResultsInTheWatchedFolderItselfOrAboveIt() {
        refused(photos(photos, "to", "file:" + photos))
                .hasMessageContaining("is the watched folder")
                .hasMessageContaining("leave \"to\" out to write beside");
        refused(photos(photos, "to", "file:" + work)).hasMessageContaining("or lies above it");
        refused(photos(photos, "original", "move", "move-to", photos.toString()))
                .hasMessageContaining("move-to=" + photos);
        refused(photos(photos, "dead-letter", "file:" + work)).hasMessageContaining("dead-letter=" + work);
    }

    @Test
    void refusesASchemeThereIsNoConnectorFor() {
        refused(photos(photos, "from", "ftp:photos"))
                .hasMessageContaining("\"ftp:photos\" names no connector")
                .hasMessageContaining("[camel:, file:, kafka:, s3:]");
        refused(photos(photos, "to", "results"))
                .hasMessageContaining("sextant.pipelines.\"photos\".to: \"results\" names no connector");
        refused(photos(photos, "dead-letter", "kafka:rejected"))
                .hasMessageContaining("dead-letter=kafka:rejected is no folder");
    }

    @Test
    void refusesOptionsOfTheFileComponentThatOtherKeysStandFor() {
        refused(photos(photos, "from", "file:" + photos + "?delete=true"))
                .hasMessageContaining("leave the option delete out")
                .hasMessageContaining("\"original\"");
        refused(photos(photos, "from", "file:" + photos + "?idempotent=true"))
                .hasMessageContaining("leave the option idempotent out");
    }

    @Test
    void refusesOptionsTheFileComponentDoesNotKnow() {
        refused(photos(photos, "from", "file:" + photos + "?recusrive=true"))
                .hasMessageContaining("is refused by Camel's file component")
                .hasMessageContaining("recusrive");
    }

    @Test
    void refusesOptionsOfResultsFolders() {
        refused(photos(photos, "to", "file:" + work.resolve("results") + "?fileExist=Append"))
                .hasMessageContaining("takes no options");
    }

    @Test
    void refusesToRememberQuestionsWhereAndForWhatItCannot() {
        refused(photos(photos, "idempotent", "file:" + work.resolve("photos.ids")))
                .hasMessageContaining(
                        ".idempotent=file:" + work.resolve("photos.ids") + " means nothing for from=file:")
                .hasMessageContaining("leave it out");
        String[] kafka = {"from", "kafka:photos?brokers=127.0.0.1:1", "to", "file:" + work.resolve("results")};
        refused(photos(photos, with(kafka, "redis:photos")))
                .hasMessageContaining("idempotent=redis:photos names no repository; write file:");
        refused(photos(photos, with(kafka, "bean:nobody"))).hasMessageContaining("\"nobody\"");
        refused(photos(photos, with(kafka, "file:" + work.resolve("nowhere/photos.ids"))))
                .hasMessageContaining("create " + work.resolve("nowhere"));
    }

    private static String[] with(String[] settings, String idempotent) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "idempotent";
        all[settings.length + 1] = idempotent;
        return all;
    }

    @Test
    void refusesBucketsWhoseImagesStayWhereNobodyCouldTellWhatWasAnswered() {
        Map<String, String> properties = photos(
                photos,
                "from",
                "s3:bucket",
                "to",
                "s3:bucket/results,kafka:results",
                "sextant.s3.endpoint",
                "http://127.0.0.1:1",
                "sextant.s3.access-key",
                "who",
                "sextant.s3.secret-key",
                "hush",
                "sextant.kafka.bootstrap.servers",
                "127.0.0.1:1");
        refused(properties)
                .hasMessageContaining("original=stay cannot be kept with results on kafka:")
                .hasMessageContaining("original=move");
        properties.put("sextant.pipelines.photos.to", "beside");
        refused(properties).hasMessageContaining("\"beside\" means nothing for this source");
        properties.remove("sextant.s3.secret-key");
        refused(properties)
                .hasMessageContaining("sextant.s3.secret-key is missing")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesToDrawWhereNoPlaceTakesDrawings() {
        Map<String, String> properties = photos(
                photos,
                "to",
                "kafka:results",
                "original",
                "delete",
                "draw",
                "true",
                "sextant.kafka.bootstrap.servers",
                "127.0.0.1:1");
        refused(properties)
                .hasMessageContaining("\"photos\".draw=true: none of to=[kafka:results] takes drawings")
                .hasMessageContaining("set draw=false");
        properties.put("sextant.pipelines.photos.to", "kafka:results,file:" + work.resolve("results"));
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void refusesTheSamePlaceTwice() {
        refused(photos(photos, "to", "beside,beside")).hasMessageContaining(".to names \"beside\" twice");
    }

    @Test
    void refusesTwoPipelinesThatOverwriteEachOthersResults() throws IOException {
        Path other = Files.createDirectory(work.resolve("other"));
        String results = "file:" + work.resolve("results");
        refused(two("from", "file:" + other, "to", results, "sextant.pipelines.photos.to", results))
                .hasMessageContaining("both write results named [caption] into " + work.resolve("results"));
    }

    @Test
    void refusesTwoPipelinesThatTakeTheSameImages() throws IOException {
        refused(two("from", "file:" + photos, "to", "file:" + work.resolve("results")))
                .hasMessageContaining("\"photos\" and \"second\" both take images from " + photos);
        Files.createDirectory(photos.resolve("sub"));
        refused(two(
                        "from", "file:" + photos.resolve("sub"),
                        "sextant.pipelines.photos.from", "file:" + photos + "?recursive=true"))
                .hasMessageContaining("both take images");
    }

    @Test
    void letsTwoPipelinesShareAFolderOfResultsWhenTheirStepsHaveDifferentNames() throws IOException {
        Path other = Files.createDirectory(work.resolve("other"));
        String results = "file:" + work.resolve("results");
        try (PipelineHarness pipelines = PipelineHarness.start(
                ScriptedModel.describing(),
                two(
                        "from",
                        "file:" + other,
                        "to",
                        results,
                        "steps[0].name",
                        "other",
                        "sextant.pipelines.photos.to",
                        results))) {
            assertThat(pipelines.context().getRoutes()).hasSize(2);
        }
    }

    @Test
    void refusesTopicsFromWhichOutputComesBackAsInput() {
        String[] brokers = {"sextant.kafka.bootstrap.servers", "127.0.0.1:1"};
        for (String[] pair : new String[][] {
            {"from", "kafka:orders", "to", "kafka:orders", "dead-letter", "kafka:bad"},
            {"from", "kafka:orders,bad", "to", "kafka:results", "dead-letter", "kafka:bad"},
            {"from", "kafka:orders,orders.dead-letter", "to", "kafka:results"}
        }) {
            Map<String, String> properties = photos(photos, pair);
            properties.put(brokers[0], brokers[1]);
            refused(properties)
                    .hasMessageContaining("Output would come back as input without end")
                    .hasMessageContaining("is read by sextant.pipelines.\"photos\".from=kafka:");
        }
        Map<String, String> ring = two("from", "kafka:b", "to", "kafka:results", "dead-letter", "kafka:a");
        ring.put(brokers[0], brokers[1]);
        ring.put("sextant.pipelines.photos.from", "kafka:a");
        ring.put("sextant.pipelines.photos.to", "kafka:results");
        ring.put("sextant.pipelines.photos.dead-letter", "kafka:b?brokers=127.0.0.1:1,127.0.0.1:2");
        refused(ring)
                .hasMessageContaining(
                        "\"photos\".dead-letter=kafka:b is read by sextant.pipelines.\"second\".from=kafka:b")
                .hasMessageContaining(
                        "\"second\".dead-letter=kafka:a is read by sextant.pipelines.\"photos\".from=kafka:a");
    }

    @Test
    void refusesFoldersBetweenWhichImagesWouldGoRound() throws IOException {
        Path other = Files.createDirectory(work.resolve("other"));
        refused(two(
                        "from",
                        "file:" + other,
                        "original",
                        "move",
                        "move-to",
                        photos.toString(),
                        "sextant.pipelines.photos.original",
                        "move",
                        "sextant.pipelines.photos.move-to",
                        other.toString()))
                .hasMessageContaining("without end")
                .hasMessageContaining("move-to=file:" + other);
    }

    /** A key or password may stand among them. */
    @Test
    void showsNoOptionsOfPlaces() {
        for (String[] wrong : new String[][] {
            {"to", "s3:bucket?secretKey=hush,s3:bucket?secretKey=hush"},
            {"to", "gopher:x?secretKey=hush"},
            {"from", "camel:seda:photos?password=hush"},
            {"idempotent", "file:" + work.resolve("ids") + "?password=hush", "from", "camel:seda:a?password=hush"},
        }) {
            refused(photos(photos, wrong))
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hush"));
        }
    }

    @Test
    void tellsAllProblemsOfAllPipelinesAndStartsNone() {
        refused(two(
                        "from", "file:" + work.resolve("nowhere"),
                        "steps[0].task", "magic",
                        "sextant.pipelines.photos.steps[0].task", "vqa",
                        "sextant.pipelines.photos.to", "ftp:x"))
                .hasMessageStartingWith("The configuration has 4 problems:")
                .hasMessageContaining("steps[0].prompt is missing")
                .hasMessageContaining("ftp:x")
                .hasMessageContaining("task=magic")
                .hasMessageContaining("nowhere");
        assertThat(files(work)).isEmpty();
        assertThat(photos).isEmptyDirectory();
    }

    private Map<String, String> two(String... second) {
        Map<String, String> properties = photos(photos);
        properties.put("sextant.pipelines.second.steps[0].task", "caption");
        for (int i = 0; i < second.length; i += 2) {
            String key = second[i].startsWith("sextant.") ? second[i] : "sextant.pipelines.second." + second[i];
            properties.put(key, second[i + 1]);
        }
        return properties;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Map<String, String> properties) {
        return assertThatThrownBy(() -> PipelineHarness.start(ScriptedModel.describing(), properties)
                        .close())
                .isInstanceOf(ConfigurationException.class);
    }
}
