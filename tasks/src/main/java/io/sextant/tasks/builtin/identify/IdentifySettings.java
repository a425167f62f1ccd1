package io.sextant.tasks.builtin.identify;

import io.sextant.tasks.spi.TaskSettings;
import java.util.Set;

/**
 * Settings of the task {@code identify}.
 *
 * @param defaultPrompt key {@code default-prompt}: what is asked before the box where the request has no words
 */
record IdentifySettings(String defaultPrompt) {
    static IdentifySettings of(TaskSettings settings) {
        settings.requireOnly(Set.of("default-prompt"));
        return new IdentifySettings(settings.get("default-prompt", "what is this"));
    }
}
