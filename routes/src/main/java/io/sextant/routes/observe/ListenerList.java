package io.sextant.routes.observe;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.core.error.ErrorCategory;
import io.sextant.tasks.TaskOutcome;
import java.time.Duration;
import java.util.List;

/** Tells several, one after the other. */
record ListenerList(List<PipelineListener> listeners) implements PipelineListener {
    ListenerList {
        listeners = List.copyOf(listeners);
    }

    /** Each gets what the one before it passes on. */
    @Override
    public List<MessageHeader> messageBegan(String name, List<MessageHeader> headers) {
        List<MessageHeader> passedOn = headers;
        for (PipelineListener listener : listeners) {
            passedOn = listener.messageBegan(name, passedOn);
        }
        return passedOn;
    }

    @Override
    public void messageEnded(MessageOutcome outcome, int images, Duration took) {
        listeners.forEach(listener -> listener.messageEnded(outcome, images, took));
    }

    @Override
    public void deadLetter(ErrorCategory category) {
        listeners.forEach(listener -> listener.deadLetter(category));
    }

    @Override
    public void retry(Duration pause) {
        listeners.forEach(listener -> listener.retry(pause));
    }

    @Override
    public void imageRead(boolean isRead, Duration took) {
        listeners.forEach(listener -> listener.imageRead(isRead, took));
    }

    @Override
    public void answered(TaskOutcome outcome, Duration took) {
        listeners.forEach(listener -> listener.answered(outcome, took));
    }

    @Override
    public void failed(String task, ErrorCategory category, Duration took) {
        listeners.forEach(listener -> listener.failed(task, category, took));
    }

    @Override
    public void cancelled(String task, Duration took) {
        listeners.forEach(listener -> listener.cancelled(task, took));
    }

    @Override
    public void published(String place, boolean isPublished, Duration took) {
        listeners.forEach(listener -> listener.published(place, isPublished, took));
    }
}
