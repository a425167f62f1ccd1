package io.sextant.app.serving;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an exchange of the model is, or how it ended.
 *
 * @param model the one that is wanted, as it was named
 * @param phase how far it is
 * @param isDrained whether the earlier model goes before the new one is loaded, because there is no memory for both
 * @param step what is being done, for people; empty where the phase says it all
 * @param since when the operator asked for it
 * @param failure why the earlier model is in its place still, or again, or why there is none; null where nothing failed
 */
public record SwitchState(
        String model,
        Phase phase,
        boolean isDrained,
        String step,
        Instant since,
        @Nullable String failure) {
    public SwitchState {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(since, "since");
    }

    /** What follows on what; only a drained exchange begins with draining, and goes back where it fails. */
    public enum Phase {
        /** Nothing more is asked, and what was asked is being answered. */
        DRAINING,
        /** The new model is being opened. */
        LOADING,
        /** The new model is asked what the tasks and pipelines will ask it. */
        TRYING,
        /** The new model answers, and the earlier one finishes what it was asked. */
        RELEASING,
        /** The new model cannot be used, and the earlier one is being opened again. */
        GOING_BACK,
        /** The new model answers alone. */
        DONE,
        /** The new model cannot be used. */
        FAILED
    }

    /** Whether it goes on. */
    public boolean isUnderWay() {
        return phase != Phase.DONE && phase != Phase.FAILED;
    }

    SwitchState in(Phase next) {
        return new SwitchState(model, next, isDrained, "", since, failure);
    }

    SwitchState at(String nextStep) {
        return new SwitchState(model, phase, isDrained, nextStep, since, failure);
    }

    SwitchState because(String reason) {
        return new SwitchState(model, phase, isDrained, step, since, reason);
    }
}
