package io.sextant.tasks.camel;

/** What a step leaves in the message's body. */
public enum TaskOutput {
    /** The result document as text. */
    JSON,
    /** The {@link io.sextant.tasks.TaskOutcome} itself. */
    OUTCOME,
    /** What the model wrote, as text. */
    TEXT
}
