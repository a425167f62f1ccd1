package io.sextant.routes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.connectors.Connectors;
import io.sextant.core.VisionLanguageModel;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.tasks.ModelTaskRunner;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Pipelines at work on folders below one folder of a test; closing it stops them. */
final class PipelineHarness implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DefaultCamelContext context = new DefaultCamelContext();

    private PipelineHarness() {}

    /** Starts the pipelines these properties describe. */
    static PipelineHarness start(VisionLanguageModel model, Map<String, String> properties) {
        return start(model, properties, Connectors.standard(read(properties).connectors()));
    }

    /** The same on a context that a test has prepared, for instance with beans. */
    static PipelineHarness start(
            VisionLanguageModel model, Map<String, String> properties, Consumer<CamelContext> preparation) {
        Connectors connectors = Connectors.standard(read(properties).connectors());
        return start(model, properties, connectors, preparation, PipelineObserver.NONE);
    }

    /** The same, watched. */
    static PipelineHarness watched(
            VisionLanguageModel model, Map<String, String> properties, PipelineObserver observer) {
        Connectors connectors = Connectors.standard(read(properties).connectors());
        return start(model, properties, connectors, context -> {}, observer);
    }

    static PipelineHarness start(VisionLanguageModel model, Map<String, String> properties, Connectors connectors) {
        return start(model, properties, connectors, context -> {}, PipelineObserver.NONE);
    }

    private static PipelineHarness start(
            VisionLanguageModel model,
            Map<String, String> properties,
            Connectors connectors,
            Consumer<CamelContext> preparation,
            PipelineObserver observer) {
        SextantSettings settings = read(properties);
        PipelineHarness harness = new PipelineHarness();
        try {
            harness.context.getShutdownStrategy().setTimeout(5);
            preparation.accept(harness.context);
            harness.context.addRoutes(new PipelineRouteBuilder(
                    settings,
                    new ModelTaskRunner(model, settings.taskRegistry()),
                    connectors,
                    Clock.systemUTC(),
                    observer));
            harness.context.start();
        } catch (RuntimeException e) {
            harness.close();
            throw e;
        } catch (Exception e) {
            harness.close();
            throw new IllegalStateException(e);
        }
        return harness;
    }

    private static SextantSettings read(Map<String, String> properties) {
        return SettingsReader.withSources(List.of(new PropertiesConfigSource(properties, "test", 100)));
    }

    /** Properties of a pipeline "photos" on a folder, polled and settled quickly, with one caption step. */
    static Map<String, String> photos(Path folder, String... more) {
        Map<String, String> properties = new HashMap<>();
        String prefix = "sextant.pipelines.photos.";
        properties.put(prefix + "from", "file:" + folder + "?delay=20&initialDelay=0");
        properties.put(prefix + "settle", "20ms");
        properties.put(prefix + "retry-delay", "20ms");
        properties.put(prefix + "max-retry-delay", "100ms");
        properties.put(prefix + "steps[0].task", "caption");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i].startsWith("sextant.") ? more[i] : prefix + more[i], more[i + 1]);
        }
        return properties;
    }

    /** Puts an image into a folder whole. */
    static Path drop(Path folder, String name, byte[] content) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Path hidden = Files.write(folder.resolve(name).resolveSibling(".drop"), content);
            return Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitFile(Path file) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(file));
    }

    static void awaitGone(Path file) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !Files.exists(file));
    }

    static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder, by their names from there, in order. */
    static List<String> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DefaultCamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
    }
}
