package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitFile;
import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.StepSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running pipeline says about its images. */
class ProgressLogTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + ExtLogRecord.wrap(record).getFormattedMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path work;

    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        folder = Files.createDirectory(work.resolve("photos"));
        Logger.getLogger(ProgressLog.class.getName()).addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger(ProgressLog.class.getName()).removeHandler(handler);
    }

    @Test
    void tellsEachImageOnceAndCountsThemAtTheEnd() {
        try (PipelineHarness pipelines = PipelineHarness.start(
                ScriptedModel.describing(),
                photos(
                        folder,
                        "steps[1].task",
                        "vqa",
                        "steps[1].prompt",
                        "what?",
                        "original",
                        "move",
                        "to",
                        "file:" + work.resolve("out")))) {
            drop(folder, "a.jpg", TestImages.jpeg(0xcc0000));
            drop(folder, "bad.jpg", "no image".getBytes(StandardCharsets.UTF_8));
            awaitGone(folder.resolve("a.jpg"));
            awaitGone(folder.resolve("bad.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("INFO ")
                .contains("image answered")
                .contains("photos", "a.jpg", "caption", "vqa", "durationMs", "file:" + work.resolve("out"));
        assertThat(lines.get(1))
                .startsWith("INFO ")
                .contains("summary")
                .contains("photos", "answered=1", "rejected=1", "postponed=0");
    }

    @Test
    void canBeTurnedOff() {
        try (PipelineHarness pipelines = PipelineHarness.start(
                ScriptedModel.describing(),
                photos(folder, "sextant.log.images", "false", "sextant.log.summary", "0"))) {
            drop(folder, "a.jpg", TestImages.jpeg(0xcc0000));
            awaitFile(folder.resolve("a.jpg.caption.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void saysNothingWhereNothingHappened() {
        ProgressLog log = new ProgressLog(
                PipelineSettings.of("photos", "file:photos", List.of(StepSettings.of("caption", ""))), false);
        log.summarise();
        assertThat(lines).isEmpty();

        log.answered("a.jpg", List.of("caption"), Duration.ofMillis(30));
        log.answered("b.jpg", List.of("caption"), Duration.ofMillis(50));
        log.postponed();
        log.summarise();
        log.summarise();

        assertThat(lines).singleElement().asString().contains("answered=2", "postponed=1", "meanDurationMs=40");
    }
}
