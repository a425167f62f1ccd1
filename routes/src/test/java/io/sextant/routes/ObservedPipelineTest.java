package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.ModelBusyException;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.RunningPipeline;
import io.sextant.tasks.TaskOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who watches a pipeline is told. */
class ObservedPipelineTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RunningPipeline> observed = new AtomicReference<>();
    private final PipelineListener listener = new Recorder(events);

    @TempDir
    private Path work;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(work.resolve("photos"));
    }

    @Test
    void isToldOfReadingAnsweringAndPublishing() {
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            drop(folder, "a.jpg", TestImages.jpeg(0xcc0000));
            awaitGone(folder.resolve("a.jpg"));
            await().until(() -> events.size() == 4);
            assertThat(pipelines.context().isStarted()).isTrue();
            RunningPipeline pipeline = pipeline();
            assertThat(pipeline.name()).isEqualTo("photos");
            assertThat(pipeline.sourceScheme()).isEqualTo("file");
            assertThat(pipeline.isStarted()).isTrue();
            assertThat(pipeline.retrying()).isEmpty();
        }
        assertThat(events).containsExactly("read true", "answered caption", "published file true", "ANSWERED 1 images");
        assertThat(pipeline().isStarted()).isFalse();
    }

    @Test
    void isToldWhyAnImageWentToTheDeadLetters() {
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            drop(folder, "bad.jpg", "no image".getBytes(StandardCharsets.UTF_8));
            awaitGone(folder.resolve("bad.jpg"));
            await().until(() -> events.size() == 3);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(events).containsExactly("read true", "dead letter INVALID_INPUT", "REJECTED 1 images");
    }

    @Test
    void isToldOfEveryRetryAndSeesWhatWaits() {
        AtomicBoolean isBusy = new AtomicBoolean(true);
        ScriptedModel model = new ScriptedModel(request -> {
            if (isBusy.get()) {
                throw new ModelBusyException("1000 requests are waiting; send it later.");
            }
            return "an answer";
        });
        try (PipelineHarness pipelines = start(model)) {
            drop(folder, "a.jpg", TestImages.jpeg(0xcc0000));
            await().until(() -> events.contains("POSTPONED 1 images"));
            RunningPipeline.Retrying retrying = pipeline().retrying().orElseThrow();
            assertThat(retrying.messages()).isEqualTo(1);
            assertThat(retrying.oldest()).isEqualTo("a.jpg");
            assertThat(retrying.reason()).contains("1000 requests");
            isBusy.set(false);
            awaitGone(folder.resolve("a.jpg"));
            await().until(() -> events.contains("ANSWERED 1 images"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(events).contains("failed caption RESOURCE_EXHAUSTED", "retry", "answered caption");
    }

    @Test
    void seesThatTheFolderHasGoneAndIsBack() throws IOException {
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            assertThat(pipeline().source().problem()).isNull();
            Path elsewhere = Files.move(folder, work.resolve("elsewhere"));
            assertThat(pipeline().source().problem()).contains("there is no folder", folder.toString());
            assertThat(pipeline().source().problemSince()).isNotNull();
            Files.move(elsewhere, folder);
            assertThat(pipeline().source().problem()).isNull();
            drop(folder, "a.jpg", TestImages.jpeg(0xcc0000));
            awaitGone(folder.resolve("a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    private RunningPipeline pipeline() {
        return Objects.requireNonNull(observed.get(), "nothing was observed");
    }

    private PipelineHarness start(ScriptedModel model) {
        Map<String, String> properties = photos(folder, "original", "move", "to", "file:" + work.resolve("out"));
        return PipelineHarness.watched(model, properties, pipeline -> {
            observed.set(pipeline);
            return listener;
        });
    }

    private record Recorder(List<String> events) implements PipelineListener {
        @Override
        public void messageEnded(MessageOutcome outcome, int images, Duration took) {
            events.add(outcome + " " + images + " images");
        }

        @Override
        public void deadLetter(ErrorCategory category) {
            events.add("dead letter " + category);
        }

        @Override
        public void retry(Duration pause) {
            events.add("retry");
        }

        @Override
        public void imageRead(boolean isRead, Duration took) {
            events.add("read " + isRead);
        }

        @Override
        public void answered(TaskOutcome outcome, Duration took) {
            events.add("answered " + outcome.task());
        }

        @Override
        public void failed(String task, ErrorCategory category, Duration took) {
            events.add("failed " + task + " " + category);
        }

        @Override
        public void published(String place, boolean isPublished, Duration took) {
            events.add("published " + place + " " + isPublished);
        }
    }
}
