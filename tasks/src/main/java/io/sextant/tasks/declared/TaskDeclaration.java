package io.sextant.tasks.declared;

import io.sextant.tasks.spi.VisionTask;
import java.util.Map;

/** A task that is told of and not programmed: one question, or several steps. */
public sealed interface TaskDeclaration permits DeclaredTask, DeclaredSteps {

    /** As in {@code sextant:<name>}; one that ends in {@code @2} is that version of the task. */
    String name();

    /** The task at work. */
    VisionTask toTask();

    /** All that is declared, as text by key: part of the id of the task's results. */
    Map<String, String> definition();
}
