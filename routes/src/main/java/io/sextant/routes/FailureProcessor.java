package io.sextant.routes;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.letter.Rejection;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.config.PipelineSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of an image that failed, by the failure's category alone: bad input and defects go to the dead
 * letters, everything else stays at its source and comes again after a pause, until the attempts have come to their end.
 * Never throws, so that no image stops the pipeline.
 */
final class FailureProcessor implements Processor {
    private static final Logger LOGGER = LoggerFactory.getLogger(FailureProcessor.class);

    private final PipelineSettings pipeline;
    private final Retries retries;
    private final Clock clock;
    private final ProgressLog log;

    FailureProcessor(PipelineSettings pipeline, Retries retries, Clock clock, ProgressLog log) {
        this.pipeline = pipeline;
        this.retries = retries;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Optional<ImageDelivery> delivery = ReceiveProcessor.delivery(exchange);
        if (delivery.isEmpty()) {
            LOGGER.atError()
                    .addKeyValue("routeId", pipeline.routeId())
                    .addKeyValue("exchangeId", exchange.getExchangeId())
                    .setCause(failure)
                    .log("no image could be taken from an exchange");
            return;
        }
        try {
            decide(exchange, delivery.get(), failure);
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("routeId", pipeline.routeId())
                    .addKeyValue("imageKey", delivery.get().name())
                    .setCause(e)
                    .log("image cannot be rejected, comes again");
            postpone(delivery.get(), e);
        }
    }

    private void decide(Exchange exchange, ImageDelivery delivery, Throwable failure) {
        ErrorCategory category = Failures.category(failure);
        switch (category) {
            case INVALID_INPUT -> {
                if (reject(delivery, failure, category, Failures.message(failure))) {
                    LOGGER.atWarn()
                            .addKeyValue("routeId", pipeline.routeId())
                            .addKeyValue("imageKey", delivery.name())
                            .addKeyValue("error", Failures.message(failure))
                            .log("image rejected");
                }
            }
            case DEFECT -> defect(exchange, delivery, failure);
            case CONFIGURATION, RESOURCE_EXHAUSTED, EXTERNAL_SYSTEM -> tryAgain(exchange, delivery, failure, category);
        }
    }

    /** Not for ever: a message that can never be read would hold up those behind it in its partition. */
    private void tryAgain(Exchange exchange, ImageDelivery delivery, Throwable failure, ErrorCategory category) {
        int attempts = delivery.attempt();
        if (pipeline.maxAttempts() == 0 || attempts < pipeline.maxAttempts() || isStopping(exchange)) {
            postpone(delivery, failure);
            return;
        }
        String message = "Given up after " + attempts + " attempts (max-attempts=" + pipeline.maxAttempts() + "): "
                + Failures.message(failure);
        if (reject(delivery, failure, category, message)) {
            LOGGER.atError()
                    .addKeyValue("routeId", pipeline.routeId())
                    .addKeyValue("imageKey", delivery.name())
                    .addKeyValue("error", message)
                    .log("image rejected after its last attempt");
        }
    }

    private static boolean isStopping(Exchange exchange) {
        return !exchange.getContext().isRunAllowed() || Thread.currentThread().isInterrupted();
    }

    /** A forced shutdown makes all kinds of code fail in all kinds of ways; it is not the image's fault. */
    private void defect(Exchange exchange, ImageDelivery delivery, Throwable failure) {
        if (isStopping(exchange)) {
            postpone(delivery, failure);
            return;
        }
        if (reject(delivery, failure, ErrorCategory.DEFECT, Failures.message(failure))) {
            LOGGER.atError()
                    .addKeyValue("routeId", pipeline.routeId())
                    .addKeyValue("imageKey", delivery.name())
                    .setCause(failure)
                    .log("image rejected because of a defect");
        }
    }

    private void postpone(ImageDelivery delivery, Throwable failure) {
        int attempts = delivery.attempt();
        Duration pause = delivery.postpone();
        retries.add(delivery.name(), attempts, pause, Failures.message(failure));
        log.postponed();
        LOGGER.atWarn()
                .addKeyValue("routeId", pipeline.routeId())
                .addKeyValue("imageKey", delivery.name())
                .addKeyValue("pauseMs", pause.toMillis())
                .addKeyValue("error", Failures.message(failure))
                .log("image comes again");
    }

    /** @return false if the delivery comes again instead, behind one that must be done with first */
    private boolean reject(ImageDelivery delivery, Throwable failure, ErrorCategory category, String message) {
        if (!delivery.awaitTurn()) {
            return false;
        }
        boolean hasSteps = failure instanceof StepsFailedException;
        delivery.reject(new Rejection(
                pipeline.name(),
                category,
                message,
                Failures.whatToDo(category),
                Failures.stackHash(failure),
                delivery.attempt(),
                clock.instant(),
                hasSteps ? ((StepsFailedException) failure).failedSteps() : List.of(),
                hasSteps ? ((StepsFailedException) failure).publishedSteps() : List.of()));
        log.rejected();
        retries.remove(delivery.name());
        return true;
    }
}
