package io.sextant.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.app.serving.AskedModel;
import io.sextant.app.serving.ModelSwitch;
import io.sextant.app.serving.OpenModels;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.config.SettingsReader;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelHealthTest {
    @TempDir
    private Path folder;

    @Test
    void isUpWhileTheModelAnswersAndDownOnceItHasEnded() {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Map<String, String> values =
                Map.of("sextant.model.path", folder.resolve("model").toString(), "sextant.model.cache-size", "4M");
        Toolkit toolkit =
                Toolkit.of(SettingsReader.withSources(List.of(new PropertiesConfigSource(values, "test", 100))));
        List<VisionLanguageModel> opened = new ArrayList<>();
        OpenModels models = new OpenModels(
                toolkit,
                (settings, progress) -> {
                    opened.add(ModelLoader.load(settings, progress));
                    return opened.get(0);
                },
                OpenTelemetry.noop(),
                Clock.systemUTC());
        try (ServedModel served = new ServedModel(models, AskedModel.configured(toolkit))) {
            ModelHealth health = new ModelHealth(served, new ModelSwitch(served, models, Clock.systemUTC()));
            HealthCheckResponse up = health.call();
            assertThat(up.getStatus()).isEqualTo(Status.UP);
            assertThat(up.getData().orElseThrow()).doesNotContainKey("reason");

            opened.get(0).close();

            HealthCheckResponse down = health.call();
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(down.getData().orElseThrow())
                    .hasEntrySatisfying(
                            "reason", reason -> assertThat(reason).asString().contains("ended the model", "restart"));
        }
    }
}
