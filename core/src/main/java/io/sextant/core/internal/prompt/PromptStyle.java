package io.sextant.core.internal.prompt;

/**
 * The two places where the reference's inference and its training write a prompt differently.
 *
 * @param doubleBos whether BOS is put in front of the prompt's own {@code <s>}, as the reference's inference does
 * @param spacesBeforeClose blanks between a question and {@code [/INST]}: 1, or 2 as the reference's last training code writes
 */
public record PromptStyle(boolean doubleBos, int spacesBeforeClose) {
    /** As the reference's inference: double BOS, one blank. */
    public static final PromptStyle REFERENCE = new PromptStyle(true, 1);

    public PromptStyle {
        if (spacesBeforeClose < 1 || spacesBeforeClose > 2) {
            throw new IllegalArgumentException("spacesBeforeClose must be 1 or 2, was " + spacesBeforeClose);
        }
    }
}
