package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Keys under {@code sextant.plugins}: task plugins that lie beside the application. */
@ConfigMapping(prefix = "sextant.plugins")
public interface PluginsConfig {

    /**
     * Jar files, and folders whose jars are all loaded, separated by commas; none by default. Relative paths count from the
     * working directory. What does not exist or cannot be loaded fails the start. Only on a Java virtual machine: a native
     * image sees the plugins it was built with, and refuses this key. The plugins' own settings stand under {@code
     * sextant.tasks."name"}.
     */
    Optional<List<String>> path();

    /**
     * Files of declared tasks, {@code NAME.yaml}, and folders of them, separated by commas; none by default. Relative paths count
     * from the working directory. What does not exist or is wrong fails the start, by file, line and key.
     */
    Optional<List<String>> tasks();
}
