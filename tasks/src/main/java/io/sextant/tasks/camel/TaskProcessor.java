package io.sextant.tasks.camel;

import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.camel.MessageReader.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;

/**
 * Puts a message through a task, for {@code process(…)}; the component {@code sextant} does the same for {@code to(…)}.
 *
 * <p>The image is the body: bytes, a stream, a file, a {@link java.awt.image.BufferedImage} or a decoded {@link RgbImage}; a
 * list of these is a batch, whose answer is the list of answers in the same order. Where the body is none of these, the
 * image of an earlier step is asked about again. A text body without words elsewhere is the prompt of a task that needs
 * no image. The answer becomes the body; headers say which result it is, see {@link SextantHeaders}.
 *
 * <p>The exchange is answered asynchronously: no thread of the route waits while the model works, except in a transaction,
 * which belongs to its thread. Failures are {@link SextantException}s and stay the exchange's exception. Thread-safe.
 */
public final class TaskProcessor implements AsyncProcessor {
    private final TaskRunner runner;
    private final MessageReader reader;
    private final MessageWriter writer;

    /**
     * @param runner answers
     * @param decoder reads images within its limits
     * @param step what to ask
     */
    public TaskProcessor(TaskRunner runner, ImageDecoder decoder, TaskStep step) {
        this.runner = Objects.requireNonNull(runner, "runner");
        this.reader = new MessageReader(new ExchangeImages(decoder, step.base64()), step);
        this.writer = new MessageWriter(step);
    }

    @Override
    public void process(Exchange exchange) {
        Asked asked = ask(exchange);
        try {
            asked.all().join();
        } catch (CompletionException | CancellationException e) {
            throw asked.failure(e);
        }
        asked.write();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (begin(exchange, callback)) {
            callback.done(true);
            return true;
        }
        return false;
    }

    /** Whether the exchange is finished already, well or not; else the callback is called when it is. */
    private boolean begin(Exchange exchange, AsyncCallback callback) {
        try {
            if (exchange.isTransacted()) {
                process(exchange);
                return true;
            }
            Asked asked = ask(exchange);
            CompletableFuture<Void> all = asked.all();
            if (all.isDone()) {
                finish(asked, all, exchange);
                return true;
            }
            CompletableFuture<Void> unused = all.whenComplete((nothing, failure) -> {
                finish(asked, all, exchange);
                callback.done(false);
            });
            return false;
        } catch (RuntimeException | Error e) {
            exchange.setException(typed(e));
            return true;
        }
    }

    @Override
    public CompletableFuture<Exchange> processAsync(Exchange exchange) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        process(exchange, doneSync -> done.complete(exchange));
        return done;
    }

    private static void finish(Asked asked, CompletableFuture<Void> all, Exchange exchange) {
        try {
            all.join();
            asked.write();
        } catch (CompletionException | CancellationException e) {
            exchange.setException(asked.failure(e));
        } catch (RuntimeException | Error e) {
            exchange.setException(typed(e));
        }
    }

    /** An error ends the exchange and nothing else: who sent it waits to hear of that. */
    private static RuntimeException typed(Throwable failure) {
        if (failure instanceof RuntimeException known) {
            return known;
        }
        return failure instanceof OutOfMemoryError
                ? new ResourceExhaustedException(
                        "The Java heap is too small for the message; raise -Xmx or send smaller ones.", failure)
                : new ModelDefectException("The message could not be answered: " + failure, failure);
    }

    private Asked ask(Exchange exchange) {
        String task = reader.task(exchange.getMessage());
        Question question =
                reader.question(exchange, runner.registry().task(task).descriptor());
        Asked asked = new Asked(exchange, task, question);
        asked.begin();
        return asked;
    }

    /** What an exchange asked, and the answers to come. */
    private final class Asked {
        private final Exchange exchange;
        private final String task;
        private final Question question;
        private final List<CompletableFuture<TaskOutcome>> answers = new ArrayList<>();

        /** Fails with the first answer that does, which nobody wants the others after. */
        private final CompletableFuture<Void> failed = new CompletableFuture<>();

        Asked(Exchange exchange, String task, Question question) {
            this.exchange = exchange;
            this.task = task;
            this.question = question;
        }

        /** Asks until an answer fails. */
        void begin() {
            try {
                for (TaskInput input : question.inputs()) {
                    if (failed.isDone()) {
                        return;
                    }
                    add(runner.submit(task, input).toCompletableFuture());
                }
            } catch (RuntimeException | Error e) {
                failed.completeExceptionally(e);
                throw e;
            }
        }

        private void add(CompletableFuture<TaskOutcome> answer) {
            answers.add(answer.whenComplete((outcome, failure) -> {
                if (failure != null) {
                    failed.completeExceptionally(failure);
                }
            }));
            CompletableFuture<Void> unused = failed.whenComplete((nothing, failure) -> answer.cancel(false));
        }

        /** Ends when all answers have, which the first failure sees to. */
        CompletableFuture<Void> all() {
            return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
        }

        /**
         * The first failure.
         *
         * @param otherwise what {@link #all} failed with
         */
        RuntimeException failure(RuntimeException otherwise) {
            Throwable first = failed.handle((nothing, failure) -> failure).getNow(otherwise);
            return typed(first instanceof CompletionException && first.getCause() != null ? first.getCause() : first);
        }

        void write() {
            List<TaskOutcome> outcomes =
                    answers.stream().map(CompletableFuture::join).toList();
            if (question.isBatch()) {
                writer.writeAll(exchange.getMessage(), task, outcomes, question.inputs());
            } else {
                writer.write(
                        exchange.getMessage(),
                        outcomes.get(0),
                        question.inputs().get(0).image());
            }
        }
    }
}
