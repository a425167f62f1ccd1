package io.sextant.app.http;

import io.sextant.core.TextListener;
import io.sextant.tasks.TaskOutcome;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;

/**
 * An answer that is sent while it is written. The response begins with the first piece of text, so that what fails before has a status
 * of its own. Thread-safe.
 */
final class StreamedAnswer implements TextListener {
    private final EventStream events = new EventStream();
    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private final Form form;

    /** How a door writes its events. */
    interface Form {
        /** The next piece of the text. */
        void text(EventStream events, String piece);

        /** All is written. */
        void answered(EventStream events, TaskOutcome outcome);

        /** Nothing more comes, though text has. */
        void failed(EventStream events, Problem problem);
    }

    StreamedAnswer(Form form) {
        this.form = form;
    }

    @Override
    public void onText(String piece) {
        form.text(events, piece);
        begin();
    }

    /**
     * The response, once there is something to send.
     *
     * @param answer which this has been listening to
     * @return fails as the answer does, where that comes before any text
     */
    CompletableFuture<Response> of(CompletableFuture<TaskOutcome> answer) {
        answer.whenComplete((outcome, failure) -> {
            if (failure == null) {
                end(outcome);
            } else {
                fail(failure);
            }
        });
        return response;
    }

    private void end(TaskOutcome outcome) {
        try {
            form.answered(events, outcome);
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        events.end();
        begin();
    }

    private void fail(Throwable failure) {
        if (response.completeExceptionally(failure)) {
            return;
        }
        try {
            form.failed(events, FailureMapper.problem(failure));
        } finally {
            events.end();
        }
    }

    private void begin() {
        response.complete(Response.ok(events, EventStream.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }
}
