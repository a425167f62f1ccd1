package io.sextant.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that wants no meters of ours. */
final class MetricsOffTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(ExtensionTest.CaptionRoute.class))
            .overrideConfigKey("quarkus.sextant.metrics.enabled", "false");

    @Inject
    MeterRegistry registry;

    @Test
    void countsNothing() {
        assertThat(registry.find("sextant.model").gauge()).isNull();
    }
}
