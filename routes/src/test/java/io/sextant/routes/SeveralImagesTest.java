package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitFile;
import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.json;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.connectors.Connectors;
import io.sextant.connectors.internal.file.FileConnector;
import io.sextant.core.GenerationRequest;
import io.sextant.core.ModelStatistics;
import io.sextant.core.Share;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralImagesTest {
    @TempDir
    Path work;

    private Path photos;
    private final RecordingConnector results = new RecordingConnector();

    @BeforeEach
    void createFolder() throws IOException {
        photos = Files.createDirectory(work.resolve("photos"));
    }

    @Test
    void asksAboutSeveralImagesAtOnceAndPublishesInTheOrderOfTheirComing() {
        HeldModel model = new HeldModel(100);
        for (int i = 1; i <= 4; i++) {
            drop(photos, i + ".jpg", TestImages.jpeg(i));
        }
        try (PipelineHarness pipelines = start(model, sorted("workers=3"))) {
            model.awaitHeld(3);

            model.answer("3.jpg");
            model.answer("2.jpg");
            model.answer("1.jpg");
            model.awaitHeld(1);
            model.answer("4.jpg");
            awaitGone(photos.resolve("4.jpg"));

            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(results.published())
                .containsExactly("1.jpg.caption", "2.jpg.caption", "3.jpg.caption", "4.jpg.caption");
    }

    @Test
    void goesOnWithTheOthersWhereOneIsRejectedOrPutOff() {
        HeldModel model = new HeldModel(100);
        drop(photos, "1.jpg", TestImages.jpeg(1));
        drop(photos, "2.jpg", new byte[] {1, 2, 3});
        drop(photos, "3.jpg", TestImages.jpeg(3));
        try (PipelineHarness pipelines = start(model, sorted("workers=3"))) {
            model.awaitHeld(2);

            model.answer("3.jpg");
            model.fail("1.jpg", new ModelBusyException("full"));
            awaitGone(photos.resolve("2.jpg"));
            awaitGone(photos.resolve("3.jpg"));
            model.awaitHeld(1);
            model.answer("1.jpg");
            awaitGone(photos.resolve("1.jpg"));

            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(results.published()).containsExactly("3.jpg.caption", "1.jpg.caption");
        assertThat(photos.resolve("rejected/2.jpg")).exists();
    }

    @Test
    void asksMoreStepsThanTheModelTakesAtOnce() {
        HeldModel model = new HeldModel(2);
        drop(photos, "1.jpg", TestImages.jpeg(1));
        try (PipelineHarness pipelines = start(
                model,
                sorted(
                        "workers=1",
                        "steps[1].task",
                        "grounding",
                        "steps[2].task",
                        "chat",
                        "steps[2].prompt",
                        "why?"))) {
            for (int i = 0; i < 3; i++) {
                int asked = i;
                await().until(() -> model.requests().size() > asked);
                model.answer("1.jpg");
            }
            awaitGone(photos.resolve("1.jpg"));

            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(results.published()).containsExactly("1.jpg.caption", "1.jpg.grounding", "1.jpg.chat");
        assertThat(model.requests()).as("each asked once").hasSize(3);
    }

    @Test
    void tellsTheModelWhoseShareItIsAndUntilWhenTheAnswerIsOfUse() {
        HeldModel model = new HeldModel(100);
        Instant before = Instant.now();
        drop(photos, "1.jpg", TestImages.jpeg(1));
        try (PipelineHarness pipelines = start(model, sorted("workers=1", "share", "3", "deadline", "1h"))) {
            model.awaitHeld(1);
            model.answer("1.jpg");
            awaitGone(photos.resolve("1.jpg"));

            assertThat(pipelines.context().isStarted()).isTrue();
        }
        GenerationRequest request = model.requests().get(0);
        assertThat(request.share()).isEqualTo(new Share("photos", 3));
        assertThat(request.deadline())
                .isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3600));
    }

    @Test
    void takesAnImageAgainThatMissedItsDeadlineAndGivesItUpAfterItsLastAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        ScriptedModel late = new ScriptedModel(request -> {
            attempts.incrementAndGet();
            throw new DeadlineExceededException("The deadline passed");
        });
        drop(photos, "1.jpg", TestImages.jpeg(1));
        try (PipelineHarness pipelines = start(late, sorted("workers=1", "deadline", "1ms", "max-attempts", "3"))) {
            awaitFile(photos.resolve("rejected/1.jpg.reason.json"));

            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(attempts).hasValue(3);
        assertThat(json(photos.resolve("rejected/1.jpg.reason.json"))
                        .at("/category")
                        .asText())
                .isEqualTo("RESOURCE_EXHAUSTED");
    }

    @Test
    void computesAnImageOnceThatTwoFilesBring() {
        Path folder = work.resolve("model");
        RandomModel.write(folder, RandomModelSize.tiny(), 5);
        drop(photos, "1.jpg", TestImages.jpeg(1));
        drop(photos, "2.jpg", TestImages.jpeg(1));
        ModelStatistics statistics;
        try (VisionLanguageModel model =
                ModelLoader.load(ModelSettings.builder(folder).device("cpu").build())) {
            try (PipelineHarness pipelines = start(model, sorted("workers=2", "steps[0].max-new-tokens", "4"))) {
                awaitGone(photos.resolve("1.jpg"));
                awaitGone(photos.resolve("2.jpg"));

                assertThat(pipelines.context().isStarted()).isTrue();
            }
            statistics = model.statistics();
        }
        assertThat(results.published()).hasSize(2);
        assertThat(statistics.completed()).isEqualTo(2);
        assertThat(statistics.imagePasses()).isEqualTo(1);
        assertThat(statistics.beginningHits()).isEqualTo(1);
    }

    /** Properties of a pipeline that takes files by name, deletes them when they are done, and publishes to what a test can see. */
    private Map<String, String> sorted(String option, String... more) {
        Map<String, String> properties = photos(photos, more);
        properties.put(
                "sextant.pipelines.photos.from",
                "file:" + photos + "?delay=20&initialDelay=0&sortBy=file:name&" + option);
        properties.put("sextant.pipelines.photos.to", "record:results");
        properties.put("sextant.pipelines.photos.original", "delete");
        return properties;
    }

    private PipelineHarness start(VisionLanguageModel model, Map<String, String> properties) {
        return PipelineHarness.start(model, properties, Connectors.of(List.of(new FileConnector(), results)));
    }
}
