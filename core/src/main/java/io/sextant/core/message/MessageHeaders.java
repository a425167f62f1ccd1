package io.sextant.core.message;

import java.util.Set;

/**
 * Names of the message headers that say something about images, questions and results, in every place: in messages that
 * sources bring, in messages that sinks publish, and in exchanges.
 *
 * <p>What is read and what is written have names apart, so that a result's message can be sent on to another task or pipeline
 * and says nothing there about the question.
 */
public final class MessageHeaders {
    /** With what all of ours begin. */
    public static final String PREFIX = "Sextant";

    /** Read. Text: the name of the task to run. */
    public static final String TASK = "SextantTask";

    /** Read. Text: the user's words; in messages for the pipeline's steps whose tasks take any. */
    public static final String PROMPT = "SextantPrompt";

    /** Read. Text: the box asked about, {@code xMin,yMin,xMax,yMax} in pixels of the upright image. */
    public static final String BOX = "SextantBox";

    /** Read. JSON text: earlier rounds about the same image. */
    public static final String HISTORY = "SextantHistory";

    /** Read. Whole number: longest answer in tokens. */
    public static final String MAX_NEW_TOKENS = "SextantMaxNewTokens";

    /** Read. Text: what the result calls the image. */
    public static final String IMAGE_NAME = "SextantImageName";

    /** Read. JSON text: steps instead of the pipeline's, a list as in the request envelope. */
    public static final String STEPS = "SextantSteps";

    /** Read. JSON text: turns of a conversation instead of the pipeline's steps, a list as in the request envelope. */
    public static final String TURNS = "SextantTurns";

    /** Written. Text: the pipeline's name. */
    public static final String PIPELINE = "SextantPipeline";

    /** Written. Text: the step's name. */
    public static final String STEP = "SextantStep";

    /** Written. Text: the task that answered. */
    public static final String RESULT_TASK = "SextantResultTask";

    /** Written. Text: the result's deterministic id, 64 hex digits. */
    public static final String RESULT_ID = "SextantResultId";

    /** Written. Text: why the answer ended, {@code END_OF_SEQUENCE} or {@code LENGTH}. */
    public static final String FINISH_REASON = "SextantFinishReason";

    /** Written. Text: SHA-256 of the encoded image, 64 lower-case hex digits. */
    public static final String IMAGE_DIGEST = "SextantImageDigest";

    /** Written. Text: the image's name at its source, with '/' between its parts; topic/partition/offset of a message. */
    public static final String ORIGIN = "SextantOrigin";

    /** Written. Whole number: 1 for the first attempt of this process, 2 for the next, and so on. */
    public static final String ATTEMPT = "SextantAttempt";

    /** Written. With what the headers of dead letters begin. */
    public static final String DEAD_LETTER_PREFIX = "SextantDeadLetter";

    /** All that are read. */
    public static final Set<String> READ = Set.of(TASK, PROMPT, BOX, HISTORY, MAX_NEW_TOKENS, IMAGE_NAME, STEPS, TURNS);

    private MessageHeaders() {}

    /** Whether a header is one of ours, or may become one: by its name alone, in whatever case. */
    public static boolean isOurs(String header) {
        return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }
}
