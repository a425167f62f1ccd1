package io.sextant.app.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.sextant.core.Timings;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A runner whose answers are traced: a span for each, below whatever the asking thread traces, and below it the parts of the model's
 * time, image pass, prompt and decoding, as far as there were any. Between the span's begin and its first part lies waiting.
 */
public final class TracedTaskRunner implements TaskRunner {
    private final TaskRunner tasks;
    private final Tracer tracer;

    /** @param telemetry gets the spans; costs next to nothing where it is switched off */
    public TracedTaskRunner(TaskRunner tasks, OpenTelemetry telemetry) {
        this(tasks, telemetry.getTracer(Spans.SCOPE));
    }

    private TracedTaskRunner(TaskRunner tasks, Tracer tracer) {
        this.tasks = tasks;
        this.tracer = tracer;
    }

    @Override
    public TaskRegistry registry() {
        return tasks.registry();
    }

    @Override
    public TaskSession session() {
        return tasks.session().through(runner -> new TracedTaskRunner(runner, tracer));
    }

    @Override
    public TaskOutcome run(String task, TaskInput input) {
        Span span = begin(task);
        return told(List.of(span), () -> List.of(tasks.run(task, input))).get(0);
    }

    /** The stage is the runner's own, so that cancelling it does the same. */
    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        Span span = begin(task);
        CompletionStage<TaskOutcome> answer;
        try {
            answer = tasks.submit(task, input);
        } catch (RuntimeException | Error e) {
            end(span, null, e);
            throw e;
        }
        answer.whenComplete((outcome, failure) -> end(span, outcome, failure));
        return answer;
    }

    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        List<Span> spans = calls.stream().map(call -> begin(call.task())).toList();
        return told(spans, () -> tasks.runAll(calls));
    }

    private List<TaskOutcome> told(List<Span> spans, Supplier<List<TaskOutcome>> answers) {
        try {
            List<TaskOutcome> outcomes = answers.get();
            for (int i = 0; i < spans.size(); i++) {
                end(spans.get(i), outcomes.get(i), null);
            }
            return outcomes;
        } catch (RuntimeException | Error e) {
            spans.forEach(span -> end(span, null, e));
            throw e;
        }
    }

    /** The name of a task that is not there was made up by somebody, and is told nowhere. */
    private Span begin(String task) {
        boolean isKnown = tasks.registry().find(task).isPresent();
        Span span = tracer.spanBuilder(isKnown ? "answer " + task : "answer").startSpan();
        if (isKnown) {
            span.setAttribute(Spans.TASK, task);
        }
        return span;
    }

    private void end(Span span, @Nullable TaskOutcome outcome, @Nullable Throwable failure) {
        Instant now = Instant.now();
        if (outcome == null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            span.setStatus(
                    StatusCode.ERROR, cause == null ? "" : cause.getClass().getSimpleName());
        } else if (span.isRecording()) {
            span.setAttribute(Spans.RESULT_ID, outcome.id());
            span.setAttribute(Spans.PROMPT_TOKENS, outcome.promptTokens());
            span.setAttribute(Spans.ANSWER_TOKENS, outcome.generatedTokens());
            span.setAttribute(
                    Spans.IS_IMAGE_CACHED,
                    outcome.image() != null && outcome.timings().encode().isZero());
            parts(span, outcome.timings(), now);
        }
        span.end(now);
    }

    private void parts(Span span, Timings timings, Instant end) {
        Context parent = Context.root().with(span);
        Instant decoding = part(parent, "decoding", timings.decode(), end);
        Instant prompt = part(parent, "prompt", timings.prefill(), decoding);
        part(parent, "image pass", timings.encode(), prompt);
    }

    /** @return when it began */
    private Instant part(Context parent, String name, Duration took, Instant end) {
        Instant begin = end.minus(took);
        if (!took.isZero()) {
            tracer.spanBuilder(name)
                    .setParent(parent)
                    .setStartTimestamp(begin)
                    .startSpan()
                    .end(end);
        }
        return begin;
    }
}
