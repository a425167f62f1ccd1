package io.sextant.app.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.routes.config.SettingsReader;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolkitTest {
    @Test
    void opensEveryModelWithTheIdentifiersOfAllTasks() {
        Toolkit toolkit = configured(Map.of(
                "sextant.model.path", "configured",
                "sextant.tasks.count.identifier", "count_things",
                "sextant.tasks.count.template", "how many {prompt}?"));

        assertThat(List.of(toolkit.model(null), toolkit.model(Path.of("chosen"))))
                .extracting(model -> model.folder().toString())
                .containsExactly("configured", "chosen");
        assertThat(List.of(toolkit.model(null), toolkit.model(Path.of("chosen"))))
                .allSatisfy(model -> assertThat(model.taskIdentifiers())
                        .contains("count_things")
                        .isEqualTo(toolkit.registry().taskIdentifiers()));
    }

    private static Toolkit configured(Map<String, String> values) {
        return Toolkit.of(SettingsReader.withSources(List.of(new PropertiesConfigSource(values, "test", 100))));
    }
}
