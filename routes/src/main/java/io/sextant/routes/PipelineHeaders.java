package io.sextant.routes;

/**
 * Names of the message headers that pipeline routes write, for those who add to the routes with Camel's own means (an
 * interceptor, an event notifier). Tasks' own headers are in {@code io.sextant.tasks.camel.SextantHeaders}.
 */
public final class PipelineHeaders {
    /** Written. Text: the pipeline's name. */
    public static final String PIPELINE = "SextantPipeline";

    /** Written. Text: the image's name at its source, with '/' between its parts. */
    public static final String IMAGE_NAME = "SextantImageName";

    /** Written. Text: SHA-256 of the encoded image, 64 lower-case hex digits. */
    public static final String IMAGE_DIGEST = "SextantImageDigest";

    /** Written. Integer: 1 for the first attempt of this process, 2 for the next, and so on. */
    public static final String ATTEMPT = "SextantAttempt";

    private PipelineHeaders() {}
}
