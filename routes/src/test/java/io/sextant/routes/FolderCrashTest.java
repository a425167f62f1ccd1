package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitFile;
import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.files;
import static io.sextant.routes.PipelineHarness.json;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that ended anywhere leaves behind, and what the next run makes of it. */
class FolderCrashTest {
    @TempDir
    Path work;

    private Path photos;
    private Path results;
    private Path done;

    @BeforeEach
    void createFolder() throws IOException {
        photos = Files.createDirectory(work.resolve("photos"));
        results = work.resolve("results");
        done = work.resolve("done");
    }

    @Test
    void endsWithTheSameBytesWhenARunDiesBetweenPublishingAndAcknowledging() throws IOException {
        Map<String, String> properties =
                photos(photos, "to", "file:" + results, "original", "move", "move-to", done.toString());
        AtomicInteger acknowledgements = new AtomicInteger();
        Connectors dying = Connectors.of(List.of(new NeverAcknowledging(Connectors.standard(), acknowledgements)));
        drop(photos, "a.jpg", TestImages.jpeg(1));
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties, dying)) {
            await().until(() -> acknowledgements.get() > 0);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        byte[] first = Files.readAllBytes(results.resolve("a.jpg.caption.json"));
        assertThat(photos.resolve("a.jpg")).exists();

        ScriptedModel model = ScriptedModel.describing();
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties)) {
            awaitFile(done.resolve("a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(model.askedImages()).containsExactly("a.jpg");
        assertThat(results.resolve("a.jpg.caption.json")).hasBinaryContent(first);
        assertThat(files(photos)).isEmpty();
        assertThat(files(done)).containsExactly("a.jpg");
    }

    @Test
    void asksNothingAgainWhenOnlyTheAcknowledgementFailed() {
        AtomicInteger acknowledgements = new AtomicInteger();
        ScriptedModel model = ScriptedModel.describing();
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(photos, "original", "delete"),
                Connectors.of(List.of(new NeverAcknowledging(Connectors.standard(), acknowledgements))))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            await().until(() -> acknowledgements.get() >= 3);
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(model.askedImages()).containsExactly("a.jpg");
        assertThat(files(photos)).containsExactly("a.jpg", "a.jpg.caption.json");
    }

    @Test
    void deletesTemporaryFilesOfARunThatDied() throws IOException {
        Path nobody = Files.createDirectories(results.resolve("sub")).resolve(".sextant-999999999-7.tmp");
        Files.writeString(nobody, "half");
        Path foreign = Files.writeString(results.resolve(".sextant-notes.tmp"), "not ours");
        Path rejected = Files.createDirectory(photos.resolve("rejected")).resolve(".sextant-999999999-8.tmp");
        Files.writeString(rejected, "half");

        Path living = results.resolve("living.json");
        try (AtomicFile written = AtomicFile.open(living);
                PipelineHarness pipelines =
                        PipelineHarness.start(ScriptedModel.describing(), photos(photos, "to", "file:" + results))) {
            assertThat(pipelines.context().isStarted()).isTrue();
            written.commit();
        }

        assertThat(nobody).doesNotExist();
        assertThat(rejected).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
    }

    @Test
    void losesNothingAndLeavesNothingHalfWrittenWhenItIsKilledAgainAndAgain() throws Exception {
        int images = 60;
        for (int i = 0; i < images; i++) {
            drop(photos, "p" + i + ".jpg", TestImages.jpeg(i * 1000));
        }
        int kills = 0;
        for (int round = 0; round < 3; round++) {
            int finished = finished();
            Process process = start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> finished() >= Math.min(finished + 7, images) || !process.isAlive());
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            kills++;
            assertEveryResultIsWhole();
            assertThat(inEitherPlace()).isEqualTo(images);
        }

        Map<Path, byte[]> before = contents();
        Process process = start();
        try {
            awaitEmpty();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(kills).isEqualTo(3);
        assertThat(files(done)).hasSize(images);
        assertThat(files(results)).hasSize(2 * images).noneMatch(name -> name.endsWith(".tmp"));
        assertEveryResultIsWhole();
        before.forEach((file, content) -> assertThat(file).hasBinaryContent(content));
    }

    private void awaitEmpty() {
        for (String name : files(photos)) {
            awaitGone(photos.resolve(name));
        }
    }

    private int finished() {
        return Files.isDirectory(done) ? files(done).size() : 0;
    }

    private long inEitherPlace() {
        return files(photos).size() + finished();
    }

    private Map<Path, byte[]> contents() throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (String name : files(results)) {
            if (name.endsWith(".json")) {
                contents.put(results.resolve(name), Files.readAllBytes(results.resolve(name)));
            }
        }
        return contents;
    }

    private void assertEveryResultIsWhole() {
        for (String name : files(results)) {
            if (name.endsWith(".json")) {
                assertThat(json(results.resolve(name)).at("/image/name").asText())
                        .isEqualTo(name.split("\\.jpg")[0] + ".jpg");
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedPipelineMain.class.getName(),
                        photos.toString(),
                        results.toString(),
                        done.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("process.txt").toFile())
                .start();
    }

    /** The file connector, whose acknowledgements never get through. */
    private record NeverAcknowledging(Connectors real, AtomicInteger attempts) implements Connector {
        @Override
        public String scheme() {
            return "file";
        }

        @Override
        public ImageSource source(SourceSettings settings, CamelContext context) {
            ImageSource source = real.forUri(settings.uri()).source(settings, context);
            return new ImageSource() {
                @Override
                public Endpoint endpoint() {
                    return source.endpoint();
                }

                @Override
                public void open() {
                    source.open();
                }

                @Override
                public Optional<ImageDelivery> delivery(Exchange exchange) {
                    return source.delivery(exchange).map(delivery -> new Unacknowledged(delivery, attempts));
                }

                @Override
                public Optional<ResultSink> beside(List<String> steps) {
                    return source.beside(steps);
                }
            };
        }

        @Override
        public ResultSink sink(SinkSettings settings, CamelContext context) {
            return real.forUri(settings.uri()).sink(settings, context);
        }
    }

    private record Unacknowledged(ImageDelivery delivery, AtomicInteger attempts) implements ImageDelivery {
        @Override
        public String name() {
            return delivery.name();
        }

        @Override
        public int attempt() {
            return delivery.attempt();
        }

        @Override
        public List<ImageRequest> requests() {
            return delivery.requests();
        }

        @Override
        public void acknowledge() {
            attempts.incrementAndGet();
            throw new ConnectorException("The source cannot be told.", null);
        }

        @Override
        public void reject(Rejection rejection) {
            delivery.reject(rejection);
        }

        @Override
        public Duration postpone() {
            return delivery.postpone();
        }
    }
}
