package io.sextant.app.http;

import io.sextant.tasks.TaskOutcome;
import java.util.UUID;

/** A chat's answer piece by piece, as clients of OpenAI's API read it. */
final class ChatEvents implements StreamedAnswer.Form {
    private final String id = "chatcmpl-" + UUID.randomUUID();
    private final String model;
    private final long created;
    private final boolean hasUsage;

    /**
     * @param created seconds since 1970
     * @param hasUsage whether the last event tells how many tokens there were
     */
    ChatEvents(String model, long created, boolean hasUsage) {
        this.model = model;
        this.created = created;
        this.hasUsage = hasUsage;
    }

    @Override
    public void text(EventStream events, String piece) {
        events.send(ChatDocuments.piece(id, model, created, piece));
    }

    @Override
    public void answered(EventStream events, TaskOutcome outcome) {
        events.send(ChatDocuments.end(id, model, created, outcome));
        if (hasUsage) {
            events.send(ChatDocuments.usage(id, model, created, outcome));
        }
        events.send("[DONE]");
    }

    @Override
    public void failed(EventStream events, Problem problem) {
        events.send(ChatDocuments.error(problem));
    }
}
