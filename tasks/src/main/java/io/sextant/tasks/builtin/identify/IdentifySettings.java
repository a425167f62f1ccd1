package io.sextant.tasks.builtin.identify;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code identify}.
 *
 * @param defaultPrompt key {@code default-prompt}: what is asked before the box where the request has no words
 */
record IdentifySettings(String defaultPrompt) {
    static IdentifySettings of(TaskSettings settings) {
        return new IdentifySettings(settings.get("default-prompt", "what is this"));
    }
}
