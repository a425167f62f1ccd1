package io.sextant.routes;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import io.sextant.core.message.MessageHeaders;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and decodes an image once, asks all steps about it, and publishes what they found; for a message with several
 * images, about each.
 *
 * <p>A step that fails does not keep the others from being published; the image then goes to the dead letters with the
 * steps that failed.
 */
final class AnswerProcessor implements Processor {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnswerProcessor.class);
    private static final ResultJson JSON = ResultJson.INDENTED.withoutTimings();
    private static final ResultJson COMPACT_JSON = ResultJson.COMPACT.withoutTimings();

    private final Pipeline pipeline;
    private final ImageDecoder decoder;
    private final StepRunner runner;
    private final ProgressLog log;

    AnswerProcessor(Pipeline pipeline, ImageDecoder decoder, StepRunner runner, ProgressLog log) {
        this.pipeline = pipeline;
        this.decoder = decoder;
        this.runner = runner;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        ImageDelivery delivery = ReceiveProcessor.delivery(exchange).orElseThrow();
        List<ImageRequest> requests = delivery.requests();
        SextantException failure = null;
        for (ImageRequest request : requests) {
            try {
                if (!answer(exchange, delivery, request)) {
                    exchange.setRouteStop(true);
                    return;
                }
            } catch (SextantException e) {
                failure = requireSamePath(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (!delivery.awaitTurn()) {
            exchange.setRouteStop(true);
        }
    }

    /** An image that is at fault does not hurt its neighbours of the same message; what comes again does so for all. */
    private static SextantException requireSamePath(@Nullable SextantException earlier, SextantException now) {
        ErrorCategory category = Failures.category(now);
        if (category != ErrorCategory.INVALID_INPUT && category != ErrorCategory.DEFECT) {
            throw now;
        }
        if (earlier == null) {
            return now;
        }
        earlier.addSuppressed(now);
        return earlier;
    }

    /** @return false if the delivery has ended, because another one must be published first */
    private boolean answer(Exchange exchange, ImageDelivery delivery, ImageRequest request) {
        StepPlan plan = StepPlan.of(pipeline.settings(), request.question(), request.headers(), runner.registry());
        byte[] encoded = request.content().read();
        Supplier<String> digest = once(() -> DigestUtils.sha256Hex(encoded));
        Answering answering = new Answering(exchange, delivery, request, plan, encoded, digest);
        AnsweredQuestions answered = pipeline.answered();
        if (answered == null) {
            return ask(answering);
        }
        // A message before this one may ask the same, and is remembered only once it is answered.
        if (!delivery.awaitTurn()) {
            return false;
        }
        if (answered.contains(request, digest.get(), plan)) {
            LOGGER.atDebug()
                    .addKeyValue("routeId", pipeline.settings().routeId())
                    .addKeyValue("imageKey", request.name())
                    .log("answered before, not asked again");
            return true;
        }
        boolean isPublished = ask(answering);
        if (isPublished) {
            answered.add(request, digest.get(), plan);
        }
        return isPublished;
    }

    /** @return false if the delivery has ended, because another one must be published first */
    private boolean ask(Answering answering) {
        long start = System.nanoTime();
        ImageDelivery delivery = answering.delivery();
        ImageRequest request = answering.request();
        StepPlan unanswered = unanswered(delivery, request, answering.plan(), answering.digest());
        if (unanswered.steps().isEmpty()) {
            return true;
        }
        String imageName = request.content().nameOr(request.imageName());
        RgbImage image = decoder.decode(imageName, answering.encoded());
        answering.exchange().getMessage().setHeader(MessageHeaders.IMAGE_DIGEST, image.digest());
        StepRunner.Answers answers = runner.answer(image, unanswered);
        if (!delivery.awaitTurn()) {
            return false;
        }
        List<String> published = new ArrayList<>();
        answers.outcomes().forEach((step, outcome) -> {
            publish(request, step, outcome, image);
            published.add(step.name());
        });
        if (!answers.failures().isEmpty()) {
            throw new StepsFailedException(imageName, answers.failures(), published);
        }
        log.answered(request.name(), published, Duration.ofNanos(System.nanoTime() - start));
        return true;
    }

    /*
     * An image that stays comes again after every restart, and one whose acknowledgement failed after a pause: what is
     * already published for it is not asked again. An image that is moved or deleted comes again only if the process died
     * or someone wants new results, so it is asked again; the same question has the same bytes for an answer. The turns of a
     * conversation are asked all or none.
     */
    private StepPlan unanswered(ImageDelivery delivery, ImageRequest request, StepPlan plan, Supplier<String> digest) {
        if (pipeline.settings().original() != OriginalPolicy.STAY && delivery.attempt() == 1) {
            return plan;
        }
        List<StepSettings> steps = plan.steps().stream()
                .filter(step -> !isAnswered(request.name(), digest, step))
                .toList();
        return plan.isConversation() && !steps.isEmpty() ? plan : new StepPlan(steps, plan.isConversation());
    }

    private boolean isAnswered(String name, Supplier<String> digest, StepSettings step) {
        return pipeline.sinks().stream()
                .allMatch(sink -> sink.find(name, step.name())
                        .filter(result ->
                                result.hasDrawing() || !pipeline.settings().draw() || !sink.takesDrawings())
                        .filter(result -> EarlierResult.answers(result.json(), digest.get(), step, runner.registry()))
                        .isPresent());
    }

    private void publish(ImageRequest request, StepSettings step, TaskOutcome outcome, RgbImage image) {
        byte[] drawing =
                pipeline.settings().draw() ? OutcomeImage.of(outcome, image).toPng() : null;
        ResultIdentity identity = new ResultIdentity(
                outcome.id(),
                pipeline.settings().name(),
                outcome.task(),
                image.name(),
                image.digest(),
                request.key(),
                forwarded(request));
        ImageResult result = new ImageResult(
                request.name(),
                step.name(),
                identity,
                () -> JSON.toText(outcome) + "\n",
                () -> COMPACT_JSON.toText(outcome),
                drawing);
        for (ResultSink sink : pipeline.sinks()) {
            sink.publish(result);
        }
    }

    private List<MessageHeader> forwarded(ImageRequest request) {
        return request.headers().stream()
                .filter(header -> pipeline.settings().forwardHeaders().matches(header.name()))
                .toList();
    }

    /** Digests are taken only where something depends on them before the image is decoded, which takes one anyway. */
    private static Supplier<String> once(Supplier<String> value) {
        AtomicReference<@Nullable String> known = new AtomicReference<>();
        return () -> {
            String current = known.get();
            if (current == null) {
                current = value.get();
                known.set(current);
            }
            return current;
        };
    }

    /**
     * One image of a delivery.
     *
     * @param encoded its bytes
     * @param digest of them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Answering(
            Exchange exchange,
            ImageDelivery delivery,
            ImageRequest request,
            StepPlan plan,
            byte[] encoded,
            Supplier<String> digest) {}
}
