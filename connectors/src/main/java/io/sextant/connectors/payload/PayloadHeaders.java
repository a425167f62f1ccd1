package io.sextant.connectors.payload;

/** Names of the message headers a source of messages reads, all text. Each says about one message what the pipeline says else. */
public final class PayloadHeaders {
    /** The words of the question, for the pipeline's steps whose tasks take any. */
    public static final String PROMPT = "SextantPrompt";

    /** The box, {@code xMin,yMin,xMax,yMax} in pixels of the upright image, for the pipeline's steps whose tasks take one. */
    public static final String BOX = "SextantBox";

    /** What the result calls the image. */
    public static final String IMAGE_NAME = "SextantImageName";

    /** Steps instead of the pipeline's: a JSON list as in the request envelope. */
    public static final String STEPS = "SextantSteps";

    /** Turns of a conversation instead of the pipeline's steps: a JSON list as in the request envelope. */
    public static final String TURNS = "SextantTurns";

    private PayloadHeaders() {}
}
