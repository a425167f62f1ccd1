package io.sextant.quarkus;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is chosen while the application is built; everything else is set by {@code camel.component.sextant}. */
@ConfigMapping(prefix = "quarkus.sextant")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface SextantBuildConfig {
    /** Meters of the models. */
    MetricsBuildConfig metrics();

    /** Meters of the models. */
    interface MetricsBuildConfig {
        /** Whether the models that Camel's component opens are counted, where the application has Micrometer. */
        @WithDefault("true")
        boolean enabled();
    }
}
