package io.sextant.tasks.builtin.each;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code read-each}.
 *
 * @param question key {@code question}: what is asked about each thing where the request's words do not say
 * @param margin key {@code margin}: how much is shown around a thing, as a share of its longer side, 0..10
 */
record ReadEachSettings(String question, double margin) {
    static final String QUESTION = "question";
    static final String MARGIN = "margin";

    static ReadEachSettings of(TaskSettings settings) {
        return new ReadEachSettings(settings.get(QUESTION, "what is this?"), settings.number(MARGIN, 0.2, 0, 10));
    }
}
