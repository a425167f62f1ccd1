package io.sextant.training.optimiser;

/** Which parameters decay: the reference's rule (minigpt4/runners/runner_base.py:104-127). */
public final class ParameterGroups {
    private ParameterGroups() {}

    /** Whether weight decay applies: at least two dimensions, and neither "bias", "ln" nor "bn" in the name. */
    public static boolean decays(String name, int dimensions) {
        return dimensions >= 2 && !name.contains("bias") && !name.contains("ln") && !name.contains("bn");
    }
}
