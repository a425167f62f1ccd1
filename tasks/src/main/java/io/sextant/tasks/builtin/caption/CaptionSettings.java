package io.sextant.tasks.builtin.caption;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code caption}.
 *
 * @param defaultPrompt key {@code default-prompt}: what is asked where the request has no words
 */
record CaptionSettings(String defaultPrompt) {
    static CaptionSettings of(TaskSettings settings) {
        return new CaptionSettings(settings.get("default-prompt", "briefly describe this image"));
    }
}
