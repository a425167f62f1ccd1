package io.sextant.tasks.builtin.caption;

import io.sextant.tasks.spi.TaskSettings;
import java.util.Set;

/**
 * Settings of the task {@code caption}.
 *
 * @param defaultPrompt key {@code default-prompt}: what is asked where the request has no words
 */
record CaptionSettings(String defaultPrompt) {
    static CaptionSettings of(TaskSettings settings) {
        settings.requireOnly(Set.of("default-prompt"));
        return new CaptionSettings(settings.get("default-prompt", "briefly describe this image"));
    }
}
