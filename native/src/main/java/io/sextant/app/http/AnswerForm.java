package io.sextant.app.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** What a caller wants of one task's answer. */
enum AnswerForm {
    /** The result document. */
    JSON(MediaType.APPLICATION_JSON),
    /** The image with the findings drawn on it. */
    DRAWING("image/png"),
    /** The text while it is written, and the result document at the end. */
    EVENTS(EventStream.MEDIA_TYPE);

    private final MediaType mediaType;

    AnswerForm(String mediaType) {
        this.mediaType = MediaType.valueOf(mediaType);
    }

    /**
     * Whichever the caller likes best; JSON where it is the same to them.
     *
     * @throws ProblemException if none is accepted
     */
    static AnswerForm of(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            for (AnswerForm form : values()) {
                if (accepted.isCompatible(form.mediaType)) {
                    return form;
                }
            }
        }
        throw new ProblemException(new Problem(
                406,
                "not-acceptable",
                "Nothing that is accepted",
                "Accept application/json, image/png for the annotated image, or text/event-stream for the text as it is"
                        + " written."));
    }
}
