package io.sextant.core.internal.prompt;

/** One stretch of an encoded prompt. */
public sealed interface PromptPart {

    /** @param ids token ids in order, at least one; shared, callers must not write to it */
    @SuppressWarnings("ArrayRecordComponent") // handed to the decoder as it is, never compared
    record Tokens(int[] ids) implements PromptPart {}

    /** @param index which image's visual tokens stand here, counted from 0 in the order of the request */
    record ImagePlace(int index) implements PromptPart {}
}
