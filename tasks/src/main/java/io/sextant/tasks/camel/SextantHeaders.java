package io.sextant.tasks.camel;

import io.sextant.core.message.MessageHeaders;
import org.apache.camel.spi.Metadata;

/**
 * The headers of {@link MessageHeaders} that the component reads and writes, described for Camel. Those that are read override the endpoint's options for one
 * message, and are taken off the message once it is answered, so that they do not reach the next step; the image's name stays.
 */
public final class SextantHeaders {
    /** Read. Text: the task's name. */
    @Metadata(label = "producer", description = "Read: the name of the task to run", javaType = "String")
    public static final String TASK = MessageHeaders.TASK;

    /** Read. Text: the user's words. */
    @Metadata(label = "producer", description = "Read: the user's words", javaType = "String")
    public static final String PROMPT = MessageHeaders.PROMPT;

    /** Read. A {@link io.sextant.core.box.PixelBox}, or text {@code xMin,yMin,xMax,yMax}, in pixels of the upright image. */
    @Metadata(
            label = "producer",
            description = "Read: the box asked about, xMin,yMin,xMax,yMax in pixels of the upright image",
            javaType = "String")
    public static final String BOX = MessageHeaders.BOX;

    /**
     * Read. Earlier rounds about the same image, oldest first: a list of {@link io.sextant.tasks.TaskInput.Round}, or JSON
     * text, {@code [{"task": "refer", "prompt": "the dog", "box": [10, 20, 30, 40], "text": "what the model wrote"}]}, where
     * {@code prompt} and {@code box} may be left out.
     */
    @Metadata(
            label = "producer",
            description = "Read: earlier rounds about the same image, a list of TaskInput.Round or JSON text",
            javaType = "String")
    public static final String HISTORY = MessageHeaders.HISTORY;

    /** Read. Whole number: longest answer in tokens. */
    @Metadata(label = "producer", description = "Read: longest answer in tokens", javaType = "Integer")
    public static final String MAX_NEW_TOKENS = MessageHeaders.MAX_NEW_TOKENS;

    /** Read, and kept. Text: how messages and results call an image that comes as bytes or a stream; otherwise {@code
     * CamelFileName} is taken. A file is called by its own name. */
    @Metadata(
            label = "producer",
            description = "Read: how results call an image that comes as bytes or a stream, by default CamelFileName",
            javaType = "String")
    public static final String IMAGE_NAME = MessageHeaders.IMAGE_NAME;

    /** Written. Text: the task that answered. */
    @Metadata(label = "producer", description = "Written: the task that answered", javaType = "String")
    public static final String RESULT_TASK = MessageHeaders.RESULT_TASK;

    /** Written. Text: the result's deterministic id, 64 hex digits. */
    @Metadata(
            label = "producer",
            description = "Written: the result's id, the same for the same question",
            javaType = "String")
    public static final String RESULT_ID = MessageHeaders.RESULT_ID;

    /** Written. Text: {@code END_OF_SEQUENCE} or {@code LENGTH}. */
    @Metadata(
            label = "producer",
            description = "Written: why the answer ended, END_OF_SEQUENCE or LENGTH",
            javaType = "String")
    public static final String FINISH_REASON = MessageHeaders.FINISH_REASON;

    /** Written, where there is an image. Text: SHA-256 of its encoded bytes, 64 hex digits. */
    @Metadata(label = "producer", description = "Written: SHA-256 of the encoded image", javaType = "String")
    public static final String IMAGE_DIGEST = MessageHeaders.IMAGE_DIGEST;

    /**
     * Exchange property, written and read: the decoded image, an {@link io.sextant.core.image.RgbImage}. Steps that follow
     * ask about it while the body holds no image, and do not decode it again.
     */
    public static final String IMAGE_PROPERTY = "SextantImage";

    private SextantHeaders() {}
}
