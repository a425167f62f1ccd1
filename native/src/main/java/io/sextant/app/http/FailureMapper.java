package io.sextant.app.http;

import io.sextant.app.serving.ModelAwayException;
import io.sextant.app.serving.SwitchUnderWayException;
import io.sextant.app.serving.UnusableModelException;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.SextantException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of every failure: by its category, and of a defect without what is inside. */
@Provider
public final class FailureMapper implements ExceptionMapper<Throwable> {
    private static final String OURS = "io.sextant.";
    private static final String FORMS = "org.jboss.resteasy.reactive.server.core.multipart.";
    private static final Logger LOGGER = LoggerFactory.getLogger(FailureMapper.class);
    private static final int RETRY_SECONDS = 2;

    /** Loading a model takes longer than an answer. */
    private static final int EXCHANGE_SECONDS = 5;

    @Override
    public Response toResponse(Throwable failure) {
        return failure instanceof WebApplicationException known
                ? refused(known)
                : problem(failure).toResponse();
    }

    /** What a caller is told of any failure but the framework's. */
    static Problem problem(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof CancellationException) {
            return new Problem(503, "cancelled", "Given up", "The question was given up; ask it again.", RETRY_SECONDS);
        }
        if (failure instanceof DeadlineExceededException late) {
            return new Problem(
                    504, "deadline", "Not answered in time", String.valueOf(late.getMessage()), RETRY_SECONDS);
        }
        if (failure instanceof ModelAwayException away) {
            return new Problem(
                    503,
                    "no-model",
                    "The model is being exchanged",
                    String.valueOf(away.getMessage()),
                    EXCHANGE_SECONDS);
        }
        if (failure instanceof SwitchUnderWayException underWay) {
            return new Problem(
                    409,
                    "exchange-under-way",
                    "The model is being exchanged already",
                    String.valueOf(underWay.getMessage()),
                    EXCHANGE_SECONDS);
        }
        if (failure instanceof UnusableModelException unusable) {
            return new Problem(
                    422, "unusable-model", "The model cannot be used", String.valueOf(unusable.getMessage()));
        }
        if (failure instanceof OutOfMemoryError) {
            LOGGER.atWarn().setCause(failure).log("memory ran out for a call");
            return new Problem(
                    503,
                    "busy",
                    "The model has too much to do",
                    "There was not enough memory for it; ask again, or send a smaller image.",
                    RETRY_SECONDS);
        }
        if (isUnreadableForm(failure)) {
            return new Problem(
                    400,
                    "malformed-form",
                    "The form cannot be read",
                    "The body is no multipart/form-data, or is cut; send each part whole, and the boundary that Content-Type names behind the last.");
        }
        return failure instanceof SextantException known ? problem(known) : defect(failure);
    }

    /** The framework's reader of forms fails in many ways at a body that is cut or is none. */
    private static boolean isUnreadableForm(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (frame.getClassName().startsWith(OURS)) {
                    return false;
                }
                if (frame.getClassName().startsWith(FORMS)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Problem problem(SextantException failure) {
        String detail = String.valueOf(failure.getMessage());
        return switch (failure.category()) {
            case INVALID_INPUT ->
                failure instanceof InvalidImageException
                        ? new Problem(422, "invalid-image", "The image cannot be used", detail)
                        : new Problem(422, "invalid-request", "The question cannot be answered", detail);
            case RESOURCE_EXHAUSTED -> new Problem(503, "busy", "The model has too much to do", detail, RETRY_SECONDS);
            case EXTERNAL_SYSTEM -> new Problem(502, "external-system", "Another system failed", detail, RETRY_SECONDS);
            case CONFIGURATION, DEFECT -> defect(failure);
        };
    }

    private static Problem defect(Throwable failure) {
        LOGGER.atError().setCause(failure).log("a call failed because of a defect");
        return new Problem(
                500,
                "defect",
                "Sextant failed",
                "Sextant or a task plugin failed where it should not; the log has more.");
    }

    /** What the framework refuses: an unknown path, a method or media type that is not there. */
    private static Response refused(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return (status >= 500 ? defect(failure) : refused(status)).toResponse();
    }

    /** What a caller is told of a status alone. */
    static Problem refused(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        String detail = switch (status) {
            case 404 -> "There is nothing here; GET /v1/tasks lists the tasks.";
            case 405 -> "This path takes another method; tasks are asked with POST.";
            case 413 -> "The body is larger than this application takes; send a smaller image.";
            case 415 -> "Send an image, JSON, or multipart/form-data.";
            default -> title + ".";
        };
        return new Problem(status, "http-" + status, title, detail);
    }
}
