package io.sextant.app.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;

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
        List<MediaType> accepted = headers.getAcceptableMediaTypes();
        for (MediaType range : accepted) {
            for (AnswerForm form : values()) {
                if (range.isCompatible(form.mediaType) && !form.isRefused(accepted)) {
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

    /** Whether whatever tells most exactly of this form gives it the quality 0 (RFC 9110, section 12.5.1). */
    private boolean isRefused(List<MediaType> accepted) {
        return accepted.stream()
                .filter(range -> range.isCompatible(mediaType))
                .max(Comparator.comparingInt(AnswerForm::exactness))
                .map(range -> range.getParameters().getOrDefault("q", "1"))
                .filter(quality -> quality.matches("0(?:\\.0{0,3})?"))
                .isPresent();
    }

    private static int exactness(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
