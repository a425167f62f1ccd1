package io.sextant.app.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;

/** A task's answer piece by piece: events {@code text}, then {@code result}, or {@code problem}. */
final class TaskEvents implements StreamedAnswer.Form {
    @Override
    public void text(EventStream events, String piece) {
        events.send(
                "text",
                "{\"text\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(piece)) + "\"}");
    }

    @Override
    public void answered(EventStream events, TaskOutcome outcome) {
        events.send("result", ResultJson.COMPACT.toText(outcome));
    }

    @Override
    public void failed(EventStream events, Problem problem) {
        events.send("problem", problem.toJson());
    }
}
