package io.sextant.tasks.builtin.refer;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code refer}.
 *
 * @param template key {@code template}: {@code location} (default) asks for the location as the reference's evaluation
 *     does, {@code bare} gives the expression alone
 */
record ReferSettings(Template template) {
    static ReferSettings of(TaskSettings settings) {
        return new ReferSettings(settings.choice("template", Template.LOCATION));
    }

    /** What stands before the expression. */
    enum Template {
        BARE,
        LOCATION
    }
}
