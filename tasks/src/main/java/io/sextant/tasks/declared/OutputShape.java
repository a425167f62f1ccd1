package io.sextant.tasks.declared;

/** What a declared task's answer is read as. */
public enum OutputShape {
    /** Free text. */
    TEXT,
    /** A short answer with a confidence; one of a closed set where the task has one. */
    ANSWER,
    /** Text whose phrases have boxes. */
    PHRASES,
    /** Boxes without words. */
    BOXES,
    /** The first number in the answer. */
    NUMBER
}
