package io.sextant.tasks.builtin.vqa;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code vqa}.
 *
 * @param template key {@code template}: {@code short-answer} (default) asks for a short answer as the reference's
 *     evaluation does, {@code plain} gives the question alone
 */
record VqaSettings(Template template) {
    static VqaSettings of(TaskSettings settings) {
        return new VqaSettings(settings.choice("template", Template.SHORT_ANSWER));
    }

    /** What stands before the question. */
    enum Template {
        PLAIN,
        SHORT_ANSWER
    }
}
