package io.sextant.app.serving;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.GenerationSettings;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.config.SettingsReader;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two tiny random models in a folder, {@code a} and {@code b}, of which the first is configured, and what asks them. */
final class ServingHarness {
    private final Path folder;
    private final Toolkit toolkit;

    /** @param further keys and values of the configuration, in turn */
    ServingHarness(Path folder, String... further) {
        this.folder = folder;
        RandomModel.write(place("a"), RandomModelSize.tiny(), 3);
        RandomModel.write(place("b"), RandomModelSize.tiny(), 4);
        Map<String, String> values = new HashMap<>();
        values.put("sextant.model.path", place("a").toString());
        values.put("sextant.model.cache-size", "4M");
        values.put("sextant.generation.max-new-tokens", "4");
        for (int i = 0; i < further.length; i += 2) {
            values.put(further[i], further[i + 1]);
        }
        toolkit = Toolkit.of(SettingsReader.withSources(List.of(new PropertiesConfigSource(values, "test", 100))));
    }

    Path place(String name) {
        return folder.resolve(name);
    }

    Toolkit toolkit() {
        return toolkit;
    }

    OpenModels models(ModelOpener opener) {
        return new OpenModels(toolkit, opener, OpenTelemetry.noop(), Clock.systemUTC());
    }

    OpenModel open(String name) {
        return models(ModelOpener.ofFiles()).open(asked(name), step -> {});
    }

    AskedModel asked(String name) {
        return AskedModel.named(place(name).toString(), toolkit);
    }

    ServedTaskRunner tasks(ServedModel served) {
        return new ServedTaskRunner(served, toolkit.registry());
    }

    /** A question about a grey image. */
    static TaskInput question() {
        byte[] pixels = new byte[3 * 20 * 20];
        Arrays.fill(pixels, (byte) 100);
        return TaskInput.builder(new RgbImage("grey", "1".repeat(64), 20, 20, 1, pixels))
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(4))
                .build();
    }

    static String fingerprint(TaskOutcome outcome) {
        return outcome.model().fingerprint();
    }
}
