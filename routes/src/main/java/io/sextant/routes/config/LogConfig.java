package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keys under {@code sextant.log}: what running pipelines tell. Levels and formats are {@code quarkus.log}'s. */
@ConfigMapping(prefix = "sextant.log")
public interface LogConfig {

    /**
     * Whether each image that was asked about gets a line, at level INFO: pipeline, image, steps, time, where the results went. On by
     * default, so that success can be seen; off where thousands come a minute.
     */
    @WithDefault("true")
    @WithConverter(TruthConverter.class)
    boolean images();

    /**
     * How often each pipeline tells how many images it answered, rejected and put off since the last time, at level INFO: a
     * duration, 0 for never. Nothing is told where nothing happened.
     */
    @WithDefault("5m")
    @WithConverter(DurationConverter.class)
    Duration summary();
}
