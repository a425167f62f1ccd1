package io.sextant.tasks.builtin.grounding;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code grounding}.
 *
 * @param defaultPrompt key {@code default-prompt}: what is asked where the request has no words
 */
record GroundingSettings(String defaultPrompt) {
    static GroundingSettings of(TaskSettings settings) {
        return new GroundingSettings(settings.get("default-prompt", "describe this image in detail"));
    }
}
