package io.sextant.app.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.routes.observe.PipelineListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A span for each message of one pipeline, from being taken up to its end, that goes on with the trace the message came with; below it
 * one for each image that is fetched and each result that is published. It is the current span of the thread that works on the message,
 * so that answers find it.
 */
final class PipelineTraceListener implements PipelineListener {
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final String pipeline;
    private final String source;
    private final ThreadLocal<@Nullable Open> open = new ThreadLocal<>();

    /**
     * @param pipeline its name
     * @param source the scheme of where its messages come from
     */
    PipelineTraceListener(OpenTelemetry telemetry, String pipeline, String source) {
        this.tracer = telemetry.getTracer(Spans.SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
        this.pipeline = pipeline;
        this.source = source;
    }

    @Override
    @SuppressWarnings("MustBeClosed") // closed when the message ends, or when the thread takes up the next one
    public List<MessageHeader> messageBegan(String name, List<MessageHeader> headers) {
        end(open.get());
        Context parent = propagator.extract(Context.root(), headers, MessageHeaderCarrier.INSTANCE);
        Span span = tracer.spanBuilder("process " + pipeline)
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(Spans.PIPELINE, pipeline)
                .setAttribute(Spans.SOURCE, source)
                .setAttribute(Spans.MESSAGE, name)
                .startSpan();
        Context context = parent.with(span);
        open.set(new Open(span, context.makeCurrent()));
        List<MessageHeader> passedOn = new ArrayList<>(headers);
        propagator.inject(context, passedOn, MessageHeaderCarrier.INSTANCE);
        return passedOn;
    }

    @Override
    public void messageEnded(MessageOutcome outcome, int images, Duration took) {
        Open message = open.get();
        if (message == null) {
            return;
        }
        message.span.setAttribute(Spans.OUTCOME, outcome.name().toLowerCase(Locale.ROOT));
        message.span.setAttribute(Spans.IMAGES, images);
        if (outcome != MessageOutcome.ANSWERED) {
            message.span.setStatus(StatusCode.ERROR);
        }
        end(message);
    }

    @Override
    public void deadLetter(ErrorCategory category) {
        Open message = open.get();
        if (message != null) {
            message.span.setAttribute(Spans.CATEGORY, category.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public void imageRead(boolean isRead, Duration took) {
        child("read image", SpanKind.CLIENT, isRead, took);
    }

    @Override
    public void published(String place, boolean isPublished, Duration took) {
        child("publish " + place, SpanKind.PRODUCER, isPublished, took);
    }

    private void child(String name, SpanKind kind, boolean isDone, Duration took) {
        if (open.get() == null) {
            return;
        }
        Instant now = Instant.now();
        Span span = tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setStartTimestamp(now.minus(took))
                .startSpan();
        if (!isDone) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(now);
    }

    private void end(@Nullable Open message) {
        if (message != null) {
            open.remove();
            message.scope.close();
            message.span.end();
        }
    }

    /** The message that a thread works on. */
    private record Open(Span span, Scope scope) {}
}
