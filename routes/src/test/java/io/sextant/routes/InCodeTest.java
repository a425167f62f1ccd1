package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRunner;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that docs/pipelines.md shows. */
final class InCodeTest {
    @TempDir
    private Path folder;

    @Test
    void needsThreeLines() throws Exception {
        Map<String, String> properties = Map.of(
                "sextant.pipelines.photos.from", "file:" + folder, "sextant.pipelines.photos.steps[0].task", "caption");
        ScriptedModel model = new ScriptedModel(request -> "a boat");
        try (CamelContext camelContext = new DefaultCamelContext()) {
            SextantSettings settings =
                    SettingsReader.withSources(List.of(new PropertiesConfigSource(properties, "mine", 100)));
            TaskRunner tasks = new ModelTaskRunner(model, settings.taskRegistry());
            camelContext.addRoutes(new PipelineRouteBuilder(settings, tasks));
            camelContext.start();

            assertThat(camelContext.getRoutes()).isNotEmpty();
        }
    }
}
